package dev.playlistlake.pipeline.status;

import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.pipeline.Command;
import dev.playlistlake.pipeline.CommandFlags;
import dev.playlistlake.pipeline.CommandFlags.Flag;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.FlagValues;
import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The flags of {@code status}, none of them wrong.
 *
 * @param lake where the lake is
 * @param ingestDate the day of the run; any where it is not given
 * @param run the run; the newest where it is not given
 * @param format how the row is printed
 * @param maxRejected in the place of the run's own
 * @param okExitCodes in the place of the run's own
 * @param awsRegion where S3 is
 * @param endpoint of another service that speaks S3
 */
public record StatusFlags(
    String lake,
    Optional<String> ingestDate,
    Optional<String> run,
    Format format,
    Optional<Integer> maxRejected,
    Optional<Set<Integer>> okExitCodes,
    Optional<String> awsRegion,
    Optional<URI> endpoint) {
  private static final String NO_CODES = "none";
  public static final List<Flag> FLAGS =
      List.of(
          Flag.of("--lake"),
          Flag.of("--ingestDate"),
          Flag.of("--run"),
          Flag.of("--format"),
          Flag.of("--maxRejected"),
          Flag.of("--okExitCodes"),
          Flag.of("--awsRegion"),
          Flag.of("--endpoint"),
          Flag.alone("--help"));

  /** The forms of an answer. */
  public enum Format {
    /** Words and columns, for a person. */
    TABLE,
    /** One line, for a program. */
    JSON;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads them.
   *
   * @throws BadInputException with all that is wrong, by flag
   */
  public static StatusFlags parse(List<String> args) throws BadInputException {
    CommandFlags flags = CommandFlags.parse(Command.STATUS, FLAGS, args);
    List<String> problems = flags.problems();
    StatusFlags status =
        new StatusFlags(
            FlagValues.lake(flags.value("--lake").orElse(FlagValues.DEFAULT_LAKE), problems),
            flags
                .value("--ingestDate")
                .flatMap(day -> FlagValues.ingestDate(day, problems))
                .map(LocalDate::toString),
            flags.value("--run").flatMap(run -> run(run, problems)),
            flags.value("--format").map(word -> format(word, problems)).orElse(Format.TABLE),
            flags.value("--maxRejected").flatMap(most -> maxRejected(most, problems)),
            flags.value("--okExitCodes").map(codes -> okExitCodes(codes, problems)),
            flags.value("--awsRegion"),
            flags.value("--endpoint").flatMap(url -> endpoint(url, problems)));
    flags.check();
    return status;
  }

  /** Whether the lake is a prefix on S3. */
  boolean isOnS3() {
    return lake.startsWith("s3://");
  }

  private static Optional<String> run(String given, List<String> problems) {
    if (RunRows.isRunId(given)) {
      return Optional.of(given);
    }
    problems.add(
        "--run: '" + FlagValues.shown(given) + "' is no run id like 20261120T060012Z-3f9c");
    return Optional.empty();
  }

  /** The form of an answer. */
  public static Format format(String given, List<String> problems) {
    for (Format format : Format.values()) {
      if (format.word().equals(given)) {
        return format;
      }
    }
    List<String> words = Arrays.stream(Format.values()).map(Format::word).toList();
    problems.add(FlagValues.noneOf("--format", given, words));
    return Format.TABLE;
  }

  private static Optional<Integer> maxRejected(String given, List<String> problems) {
    try {
      int most = Integer.parseInt(given);
      if (most >= 0) {
        return Optional.of(most);
      }
      problems.add("--maxRejected: " + most + " is below 0");
    } catch (NumberFormatException e) {
      problems.add("--maxRejected: " + FlagValues.wrongNumber(given));
    }
    return Optional.empty();
  }

  /** A flag cannot be empty, and without it the run's own codes hold: none is a word. */
  private static Set<Integer> okExitCodes(String given, List<String> problems) {
    return given.strip().equals(NO_CODES) ? Set.of() : FlagValues.okExitCodes(given, problems);
  }

  private static Optional<URI> endpoint(String given, List<String> problems) {
    try {
      URI url = URI.create(given);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && url.getHost() != null) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    problems.add("--endpoint: '" + FlagValues.shown(given) + "' is no URL like http://HOST:PORT");
    return Optional.empty();
  }
}
