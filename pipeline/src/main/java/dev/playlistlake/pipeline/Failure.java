package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.LakeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.SerializedThrowable;

/**
 * What it means that a job failed: the lake's failures and the cluster's have a name, anything else
 * is a bug. Runners wrap what happened several times over.
 */
final class Failure {
  private static final String FLINK = "org.apache.flink.";
  private static final String OURS = "dev.playlistlake.";

  private Failure() {}

  /** The failure by its name; as it is where it has none. */
  static RuntimeException named(RuntimeException failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      if (cause instanceof LakeException lake) {
        return lake;
      } else if (nameOf(cause).equals(LakeException.class.getName())) {
        return new LakeException(withoutName(cause), failure);
      }
    }
    for (int i = 0; i < causes.size(); i++) {
      if (causes.get(i) instanceof JobExecutionException) {
        List<Throwable> onTheCluster = causes.subList(i + 1, causes.size());
        return onTheCluster.stream().anyMatch(Failure::passedThroughOurCode)
            ? failure
            : new ClusterException("it gave the job up: " + last(onTheCluster), failure);
      }
    }
    List<Throwable> flinks =
        causes.stream().filter(cause -> nameOf(cause).startsWith(FLINK)).toList();
    return flinks.isEmpty() ? failure : new ClusterException(last(flinks), failure);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /** An exception of the job's classes comes from a cluster in a wrapper that has its name. */
  private static String nameOf(Throwable cause) {
    return cause instanceof SerializedThrowable afar
        ? afar.getOriginalErrorClassName()
        : cause.getClass().getName();
  }

  private static String withoutName(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String name = nameOf(cause) + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  private static boolean passedThroughOurCode(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(OURS));
  }

  private static String last(List<Throwable> causes) {
    return causes.stream()
        .filter(cause -> cause.getMessage() != null)
        .reduce((earlier, later) -> later)
        .map(cause -> Objects.requireNonNull(withoutName(cause)))
        .orElse("it does not say why");
  }
}
