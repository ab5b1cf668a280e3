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
 * Beam's TestPipeline in a JUnit 5 test: a fresh pipeline per test. A test that builds one but does
 * not run it fails, because its assertions were never checked (decision 3).
 */
public final class BeamTest implements AfterEachCallback {
  private @Nullable TestPipeline pipeline;
  private boolean ran;

  /**
   * A pipeline for code without a test to extend; nothing checks that it runs.
   *
   * @param parallelism the DirectRunner's {@code --targetParallelism}
   */
  public static TestPipeline pipeline(int parallelism) {
    return TestPipeline.fromOptions(
            PipelineOptionsFactory.fromArgs("--targetParallelism=" + parallelism).create())
        // Beam's own check works only as a JUnit 4 rule.
        .enableAbandonedNodeEnforcement(false);
  }

  /** The test's pipeline. */
  public TestPipeline pipeline() {
    TestPipeline current = pipeline;
    if (current == null) {
      current = pipeline(1);
      pipeline = current;
    }
    return current;
  }

  /**
   * Runs the pipeline to its end.
   *
   * @throws AssertionError if one of its assertions fails
   */
  public void run() {
    ran = true;
    pipeline().run().waitUntilFinish();
  }

  /** Runs the pipeline like {@link #run} and returns Beam's counters of a namespace, by name. */
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

  /** Whether a pipeline was built but not run. */
  public boolean isForgotten() {
    return pipeline != null && !ran;
  }
}
