package dev.playlistlake.testing;

import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestPipeline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Beam's TestPipeline in a JUnit 5 test: a fresh pipeline a test, and a test that builds one but
 * forgets to run it fails, as its assertions were never looked at.
 */
public final class BeamTest implements AfterEachCallback {
  private @Nullable TestPipeline pipeline;
  private boolean ran;

  /** A pipeline for where there is no test to extend; nobody looks whether it is run. */
  public static TestPipeline pipeline(int parallelism) {
    return TestPipeline.fromOptions(
            PipelineOptionsFactory.fromArgs("--targetParallelism=" + parallelism).create())
        // Beam's own watch works as a JUnit 4 rule only.
        .enableAbandonedNodeEnforcement(false);
  }

  /** The test's pipeline. */
  public TestPipeline pipeline() {
    TestPipeline made = pipeline;
    if (made == null) {
      made = pipeline(1);
      pipeline = made;
    }
    return made;
  }

  /** Runs the pipeline to its end; its assertions fail here. */
  public void run() {
    ran = true;
    pipeline().run().waitUntilFinish();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean failedAlready = context.getExecutionException().isPresent();
    boolean forgotten = isForgotten();
    pipeline = null;
    ran = false;
    if (forgotten && !failedAlready) {
      throw new AssertionError("the test built a pipeline, but never ran it: call run()");
    }
  }

  /** Whether a pipeline was built and not run. */
  public boolean isForgotten() {
    return pipeline != null && !ran;
  }
}
