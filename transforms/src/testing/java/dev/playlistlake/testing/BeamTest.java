package dev.playlistlake.testing;

import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
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

  /** The same, and then what Beam's counters of a namespace tell, by name. */
  public Map<String, Long> counters(String namespace) {
    ran = true;
    PipelineResult result = pipeline().run();
    result.waitUntilFinish();
    Map<String, Long> counters = new TreeMap<>();
    result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace(namespace)).build())
        .getCounters()
        .forEach(counter -> counters.put(counter.getName().getName(), counter.getAttempted()));
    return counters;
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
