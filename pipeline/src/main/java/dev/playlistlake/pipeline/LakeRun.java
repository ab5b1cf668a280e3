package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.Commit;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.model.RunRow;
import java.io.IOException;
import java.util.Locale;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.CoderException;

/** Runs the graph on the runner chosen and waits for it. */
final class LakeRun {
  private static final int S3_PART_SIZE = 5 * 1024 * 1024;

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
      commit.abandon();
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

  /** Spotify's failures are outcomes, so a failure of input or output is the lake's. */
  private static RuntimeException lakeFailure(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LakeException lake) {
        return lake;
      }
      if (cause instanceof CoderException) {
        return failure;
      }
      if (cause instanceof IOException) {
        return new LakeException(LakeFiles.words(cause), failure);
      }
    }
    return failure;
  }
}
