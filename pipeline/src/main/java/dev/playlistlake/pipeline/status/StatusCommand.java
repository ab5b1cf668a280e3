package dev.playlistlake.pipeline.status;

import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.OutputFormat;
import dev.playlistlake.pipeline.job.S3Flags;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code status}: prints the row of a run and ends with the run's exit code, for a
 * scheduler that did not wait (decision 19).
 */
@CommandLine.Command(name = "status")
public final class StatusCommand implements Command {
  @Option(names = "--lake", paramLabel = "./lake", converter = FlagValues.Lake.class)
  String lake = FlagValues.DEFAULT_LAKE;

  /** The day of the run; any by default. */
  @Option(names = "--ingestDate", paramLabel = "2026-11-20", converter = FlagValues.Day.class)
  Optional<LocalDate> ingestDate = Optional.empty();

  /** The newest by default. */
  @Option(names = "--run", paramLabel = RunId.EXAMPLE, converter = RunId.class)
  Optional<String> run = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "json",
      converter = OutputFormat.Words.class,
      completionCandidates = OutputFormat.Words.class)
  OutputFormat format = OutputFormat.TABLE;

  /** Replaces the run's own value. */
  @Option(names = "--maxRejected", paramLabel = "0", converter = FlagValues.Count.class)
  Optional<Integer> maxRejected = Optional.empty();

  /** Replaces the run's own value. */
  @Option(names = "--okExitCodes", paramLabel = "3,4", converter = Codes.class)
  Optional<Set<Integer>> okExitCodes = Optional.empty();

  @Mixin S3Flags s3 = new S3Flags();

  @Override
  public ExitCode run(Call call) throws BadInputException {
    call.arguments().problems().check();
    return new StatusAnswer(this, call.out(), call.err()).print();
  }

  /** Whether the lake is a prefix on S3. */
  boolean isOnS3() {
    return lake.startsWith("s3://");
  }

  static final class RunId implements ITypeConverter<String> {
    static final String EXAMPLE = "20261120T060012Z-3f9c";

    @Override
    public String convert(String given) {
      if (!RunRows.isRunId(given)) {
        throw FlagValues.wrong("'" + FlagValues.shown(given) + "' is not a run id like " + EXAMPLE);
      }
      return given;
    }
  }

  /**
   * A flag cannot be empty and its absence means the run's own codes, so there is a word for none.
   */
  static final class Codes implements ITypeConverter<Set<Integer>> {
    @Override
    public Set<Integer> convert(String given) {
      return given.strip().equals("none") ? Set.of() : FlagValues.okExitCodes(given);
    }
  }
}
