package dev.playlistlake.pipeline.job;

import java.util.Set;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the job runs, seen from this process, and who waits for its end. */
public enum Deployment {
  /** In this process, with a thread of it asking. */
  IN_THIS_PROCESS,

  /** On a cluster, while this process waits. */
  ON_A_CLUSTER,

  /**
   * On a cluster, which nobody waits for: {@code --attachedMode=false}, Flink's {@code -d}, or its
   * web page.
   */
  DETACHED,

  /** On a cluster of which this process is the JobManager: Flink's application mode. */
  WITHIN_THE_CLUSTER;

  private static final Set<String> NO_ADDRESS = Set.of("[auto]", "[local]", "[collection]");

  /** What options and whoever started this process have come to. */
  public static Deployment of(PipelineOptions options) {
    if (!isFlink(options)) {
      return IN_THIS_PROCESS;
    }
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    boolean startedByFlink = startedByFlink();
    if (!startedByFlink && NO_ADDRESS.contains(flink.getFlinkMaster())) {
      return IN_THIS_PROCESS;
    } else if (!flink.getAttachedMode() || (startedByFlink && !flinkWaits())) {
      return DETACHED;
    }
    return isWithinTheCluster() ? WITHIN_THE_CLUSTER : ON_A_CLUSTER;
  }

  /** Whether the job is Flink's, wherever that runs. */
  public static boolean isFlink(PipelineOptions options) {
    return options.getRunner() == FlinkRunner.class;
  }

  /** Whether the end of this process would be the end of a JobManager, and of all its jobs. */
  public static boolean isWithinTheCluster() {
    return startedByFlink() && runsInTheJobManager();
  }

  /** Flink's own command, or its JobManager, has prepared what programs get as environment. */
  private static boolean startedByFlink() {
    return !StreamExecutionEnvironment.areExplicitEnvironmentsAllowed();
  }

  private static boolean runsInTheJobManager() {
    return "embedded".equals(configuration().getOptional(DeploymentOptions.TARGET).orElse(""));
  }

  private static boolean flinkWaits() {
    return configuration().get(DeploymentOptions.ATTACHED);
  }

  private static ReadableConfig configuration() {
    return StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
  }
}
