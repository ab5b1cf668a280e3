package dev.playlistlake.pipeline.plan;

import dev.playlistlake.pipeline.Command;
import dev.playlistlake.pipeline.CommandLine;
import dev.playlistlake.pipeline.FlagOwners;
import dev.playlistlake.pipeline.OptionReader;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.job.LakeOptions;
import dev.playlistlake.pipeline.status.StatusFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code plan} was told beside the flags of the job that it plans.
 *
 * @param line all flags, and what is wrong with any of them
 * @param rate requests a second; empty where it is to be observed
 */
public record PlanFlags(
    CommandLine line, boolean offline, Optional<Double> rate, StatusFlags.Format format) {

  /** The names of those that a run has not, with their two hyphens. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    names.add(Command.HELP_FLAG);
    Set<String> ofRun = FlagOwners.names(LakeOptions.class);
    FlagOwners.names(PlanOptions.class).stream()
        .filter(name -> !ofRun.contains(name))
        .forEach(name -> names.add("--" + name));
    return names;
  }

  public static PlanFlags parse(String[] args) {
    CommandLine line = new OptionReader(PlanOptions.class, Command.PLAN.word()).read(args);
    PlanOptions options = line.options().as(PlanOptions.class);
    List<String> problems = new ArrayList<>(line.problems());
    Optional<Double> rate = rate(options.getRate(), problems);
    StatusFlags.Format format = StatusFlags.format(options.getFormat(), problems);
    return new PlanFlags(
        new CommandLine(line.options(), problems), options.getOffline(), rate, format);
  }

  private static Optional<Double> rate(@Nullable String given, List<String> problems) {
    if (given == null) {
      return Optional.empty();
    }
    if (given.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(given) > 0) {
      return Optional.of(Double.valueOf(given));
    }
    problems.add(
        "--rate: '"
            + FlagValues.shown(given)
            + "' is no number of requests a second, above 0, like 10 or 2.5");
    return Optional.empty();
  }
}
