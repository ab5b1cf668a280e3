package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.spotify.SignInNews;
import dev.playlistlake.model.RunRow;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.apache.beam.sdk.io.FileSystems;
import software.amazon.awssdk.regions.Region;

/** A run: flags in, a published day out. */
final class MainJob {
  private MainJob() {}

  /**
   * Returns the exit code.
   *
   * @throws BadInputException for what is wrong before the first request
   */
  static int run(String[] args, PrintStream out, PrintStream err, Surroundings surroundings)
      throws BadInputException {
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
    } catch (LakeException e) {
      err.println("The lake or the list is unusable, nothing is published: " + e.getMessage());
      return ExitCode.LAKE_UNUSABLE.number();
    }
  }

  private static boolean usesS3(String[] args) {
    return Arrays.stream(args).anyMatch(arg -> arg.contains("s3://") || arg.startsWith("--aws"));
  }
}
