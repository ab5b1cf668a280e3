package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.publish.CleanUp;
import dev.playlistlake.io.publish.RefusedRun;
import dev.playlistlake.io.publish.RunRecord;
import dev.playlistlake.io.spotify.land.SignInCheck;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.job.Deployment;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeOptions;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** Runs the graph on the chosen runner. */
public final class LakeRun {
  private static final int S3_PART_SIZE = 5 * 1024 * 1024;

  private final LakeOptions options;
  private final LakeJob job;
  private final Deployment deployment;

  private LakeRun(LakeOptions options, LakeJob job, Deployment deployment) {
    this.options = options;
    this.job = job;
    this.deployment = deployment;
  }

  public static LakeRun of(LakeOptions options, LakeJob job) {
    return new LakeRun(options, job, Deployment.of(options));
  }

  /**
   * Runs the job, waits for its end and returns the run's row, read back from the lake.
   *
   * @throws LakeException if the lake could not be read or written
   * @throws ClusterException if the cluster was lost or refused the job
   */
  public RunRow toTheEnd() {
    RunRecord commit = new RunRecord(job.layout());
    Optional<EmbeddedFlink> flink = embeddedFlink();
    try {
      PipelineResult.State state = start().waitUntilFinish();
      return commit
          .readRow()
          .orElseThrow(
              () -> new IllegalStateException("the job ended as " + state + " without a run row"));
    } catch (RuntimeException e) {
      return toldBy(commit, e);
    } finally {
      flink.ifPresent(EmbeddedFlink::end);
    }
  }

  /**
   * The row of a run whose credentials are missing, where this process would fetch: no graph is
   * needed to know. Empty if the run may succeed.
   *
   * @throws LakeException if the lake could not be read or written
   */
  Optional<RunRow> refusedAtOnce() {
    if (deployment != Deployment.IN_THIS_PROCESS || job.responses().isReplay()) {
      return Optional.empty();
    }
    return SignInCheck.refusal(
            job.entries(), job.mine(), job.responses(), job.refreshPolicy(), job.spotify())
        .map(code -> RefusedRun.write(job.facts(), code, job.entries()));
  }

  private Optional<EmbeddedFlink> embeddedFlink() {
    return deployment == Deployment.IN_THIS_PROCESS && Deployment.isFlink(options)
        ? Optional.of(EmbeddedFlink.configure(options.as(FlinkPipelineOptions.class)))
        : Optional.empty();
  }

  /** The row of a run that failed only as seen from this process; otherwise throws. */
  private RunRow toldBy(RunRecord commit, RuntimeException e) {
    if (deployment == Deployment.IN_THIS_PROCESS) {
      // A cluster's job may continue without this connection, so its files stay.
      commit.abandon();
      throw Failure.ofThisProcess(e);
    }
    RuntimeException failure = Failure.ofCluster(e);
    if (failure instanceof ClusterException) {
      return commit.readRow().orElseThrow(() -> failure);
    }
    throw failure;
  }

  /**
   * Submits the job without waiting for it.
   *
   * @throws ClusterException if the cluster did not accept it
   */
  void submit() {
    try {
      start();
    } catch (RuntimeException e) {
      throw Failure.ofCluster(e);
    }
  }

  private PipelineResult start() {
    tune();
    CleanUp.before(job.facts()).stream().map(ForeignText::oneLine).forEach(System.err::println);
    Pipeline pipeline = Pipeline.create(options);
    LakeGraph.applyTo(pipeline, job);
    return pipeline.run();
  }

  /** Where it runs, and whether this process waits. */
  Deployment deployment() {
    return deployment;
  }

  private void tune() {
    // The transforms never change their inputs; a test enforces it.
    DirectOptions direct = options.as(DirectOptions.class);
    direct.setEnforceImmutability(false);
    direct.setEnforceEncodability(false);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    flink.setFasterCopy(true);
    flink.setObjectReuse(true);
    if (deployment == Deployment.DETACHED) {
      // With only Flink's -d, Beam would treat the missing result as a failure.
      flink.setAttachedMode(false);
    }
    // The default reserves 64 MB per open file.
    options.setS3UploadBufferSizeBytes(S3_PART_SIZE);
    options.setJobName("playlist-lake-" + job.layout().runId().toLowerCase(Locale.ROOT));
  }
}
