package dev.playlistlake.pipeline.plan;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.OutputFormat;
import dev.playlistlake.pipeline.cli.Problems;
import dev.playlistlake.pipeline.job.JobFlags;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command {@code plan}: what a run with the same flags would request, how long it takes, what
 * it cannot read and what it leaves in the lake (decision 23).
 */
public final class PlanCommand implements Command {
  @Override
  public CommandSpec spec() {
    return JobFlags.command("plan", PlanOptions.class);
  }

  @Override
  public ExitCode run(Call call) throws BadInputException {
    JobFlags flags = JobFlags.prepare(call.arguments(), PlanOptions.class);
    PlanOptions options = flags.options().as(PlanOptions.class);
    Problems problems = flags.problems();
    Optional<Double> rate =
        Optional.ofNullable(options.getRate())
            .flatMap(given -> problems.valueOf("--rate", () -> rate(given)));
    OutputFormat format =
        problems
            .valueOf("--format", () -> OutputFormat.of(options.getFormat()))
            .orElse(OutputFormat.TABLE);
    return new PlanAnswer(flags, new PlanAnswer.Terms(options.getOffline(), rate, format), call)
        .print();
  }

  private static double rate(String given) {
    if (given.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(given) > 0) {
      return Double.parseDouble(given);
    }
    throw FlagValues.wrong(
        "'"
            + FlagValues.shown(given)
            + "' is not a number of requests per second above 0, like 10 or 2.5");
  }
}
