package dev.playlistlake.pipeline.job;

import java.util.Set;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the job runs, seen from this process, and whether this process waits for it. */
public enum Deployment {
  /** In this process, which also fetches. */
  IN_THIS_PROCESS,

  /** On a cluster, while this process waits. */
  ON_A_CLUSTER,

  /**
   * On a cluster, without waiting: {@code --attachedMode=false}, Flink's {@code -d}, or its web
   * page.
   */
  DETACHED,

  /** On a cluster whose JobManager is this process: Flink's application mode. */
  WITHIN_THE_CLUSTER;

  private static final Set<String> NO_ADDRESS = Set.of("[auto]", "[local]", "[collection]");

  /** The deployment that follows from the options and how this process was started. */
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

  /** Whether this process fetches. */
  static boolean isHere(PipelineOptions options) {
    return of(options) == IN_THIS_PROCESS;
  }

  /** Whether the job runs on Flink, embedded or on a cluster. */
  public static boolean isFlink(PipelineOptions options) {
    return options.getRunner() == FlinkRunner.class;
  }

  /** Whether exiting this process would end a JobManager and all its jobs. */
  public static boolean isWithinTheCluster() {
    return startedByFlink() && runsInTheJobManager();
  }

  /** Whether Flink's command or JobManager has set the programs' environment. */
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
