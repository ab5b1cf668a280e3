package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.CleanUp;
import dev.playlistlake.io.lake.Commit;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.model.RunRow;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the graph on the runner chosen and waits for it. */
final class LakeRun {
  private static final int S3_PART_SIZE = 5 * 1024 * 1024;
  private static final Set<String> EMBEDDED = Set.of("[auto]", "[local]");

  private final LakeOptions options;
  private final LakeJob job;

  private LakeRun(LakeOptions options, LakeJob job) {
    this.options = options;
    this.job = job;
  }

  static LakeRun of(LakeOptions options, LakeJob job) {
    return new LakeRun(options, job);
  }

  /**
   * The run's row, read back from the lake.
   *
   * @throws LakeException where the lake could not be read or written
   */
  RunRow toTheEnd() {
    tune();
    CleanUp.before(job.facts()).forEach(System.err::println);
    Commit commit = new Commit(job.layout());
    try {
      Pipeline pipeline = Pipeline.create(options);
      LakeGraph.applyTo(pipeline, job);
      PipelineResult.State state = pipeline.run().waitUntilFinish();
      return commit
          .readRow()
          .orElseThrow(
              () -> new IllegalStateException("the job ended as " + state + " without a run row"));
    } catch (RuntimeException e) {
      if (runsInThisProcess()) {
        commit.abandon();
      }
      throw lakeFailure(e);
    }
  }

  private void tune() {
    // The transforms never change what they are given; a test holds them to it.
    DirectOptions direct = options.as(DirectOptions.class);
    direct.setEnforceImmutability(false);
    direct.setEnforceEncodability(false);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFasterCopy(true);
    flink.setObjectReuse(true);
    // The default reserves 64 MB for every open file.
    options.setS3UploadBufferSizeBytes(S3_PART_SIZE);
    options.setJobName("playlist-lake-" + job.layout().runId().toLowerCase(Locale.ROOT));
  }

  /** Whether it is a thread of this process that asks, and not one of a cluster's worker. */
  boolean asksInThisProcess() {
    if (runsInThisProcess()) {
      return true;
    }
    // Without an address Flink runs embedded, unless Flink's own command started this process.
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    return EMBEDDED.contains(master) && StreamExecutionEnvironment.areExplicitEnvironmentsAllowed();
  }

  /** A cluster's job may go on although the connection to it broke: its files are its own. */
  private boolean runsInThisProcess() {
    return options.getRunner().getSimpleName().equals("DirectRunner");
  }

  /** Spotify's failures are outcomes, the lake's have a name, anything else is a bug. */
  private static RuntimeException lakeFailure(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LakeException lake) {
        return lake;
      }
    }
    return failure;
  }
}
