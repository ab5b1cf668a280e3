package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.spotify.SignInNews;
import dev.playlistlake.model.RunRow;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.apache.beam.sdk.io.FileSystems;
import software.amazon.awssdk.regions.Region;

/** The program: flags in, a published day out. */
public final class PlaylistLake {
  private PlaylistLake() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err, Surroundings.ofProcess()));
  }

  /** The whole program but for signals and the end of the process; returns the exit code. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, out, err, Surroundings.usual());
  }

  private static boolean usesS3(String[] args) {
    return Arrays.stream(args).anyMatch(arg -> arg.contains("s3://") || arg.startsWith("--aws"));
  }

  /** As above, in other surroundings. */
  static int run(String[] args, PrintStream out, PrintStream err, Surroundings surroundings) {
    if (Arrays.asList(args).contains("--help")) {
      out.print(Help.text());
      return ExitCode.PUBLISHED.number();
    }
    try {
      CommandLine line = CommandLine.parse(args);
      LakeOptions options = line.options();
      if (options.getVerbose()) {
        Verbose.on();
      }
      if (!usesS3(args)) {
        // Else the file systems look for the machine's region, and wait where there is none to ask.
        options.setAwsRegion(Region.US_EAST_1);
      }
      FileSystems.setDefaultPipelineOptions(options);
      try (SampleRun sample = SampleRun.prepare(line);
          SignInNews news = SignInNews.listen()) {
        LakeJob job = LakeJobFactory.create(line, surroundings);
        LakeRun lakeRun = LakeRun.of(options, job);
        IntSupplier runAndTell =
            () -> {
              RunRow run = lakeRun.toTheEnd();
              new Summary(job, run, news.refusal(), err).print();
              sample.printNextStep(err);
              out.println(RunJson.of(job.layout().ingestDate(), run));
              return RunVerdict.exitCode(run, job.maxRejected(), job.okExitCodes());
            };
        try {
          return lakeRun.asksInThisProcess()
              ? surroundings.signals().during(runAndTell)
              : runAndTell.getAsInt();
        } finally {
          // Whatever became of the run: a token that is used up stays used up.
          news.warnings().forEach(err::println);
        }
      }
    } catch (BadInputException e) {
      e.problems().forEach(err::println);
      return ExitCode.BAD_INPUT.number();
    } catch (LakeException e) {
      err.println("The lake or the list is unusable, nothing is published: " + e.getMessage());
      return ExitCode.LAKE_UNUSABLE.number();
    } catch (RuntimeException e) {
      err.println("This is a bug; please report it with what stands below.");
      e.printStackTrace(err);
      return ExitCode.BUG.number();
    }
  }
}
