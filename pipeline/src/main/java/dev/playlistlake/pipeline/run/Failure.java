package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.LakeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.SerializedThrowable;

/**
 * Why a job failed: the lake, the cluster or, for anything else, a bug. Runners wrap the cause in
 * several exceptions.
 */
final class Failure {
  private static final String FLINK = "org.apache.flink.";
  private static final String OURS = "dev.playlistlake.";
  private static final String BEAMS = "org.apache.beam.";

  private Failure() {}

  /** For a job in this process: the lake's failure, or a bug. */
  static RuntimeException ofThisProcess(RuntimeException failure) {
    return lakes(failure).orElse(failure);
  }

  /** For a job on a cluster: the lake's failure, the cluster's, or a bug. */
  static RuntimeException ofCluster(RuntimeException failure) {
    Optional<RuntimeException> lakes = lakes(failure);
    if (lakes.isPresent()) {
      return lakes.get();
    }
    List<Throwable> causes = causes(failure);
    for (int i = 0; i + 1 < causes.size(); i++) {
      if (causes.get(i) instanceof JobExecutionException) {
        Throwable root = causes.get(causes.size() - 1);
        return isOfTheJob(root)
            ? failure
            : new ClusterException(
                "it gave the job up: " + last(causes.subList(i + 1, causes.size())), failure);
      }
    }
    List<Throwable> flinks =
        causes.stream().filter(cause -> nameOf(cause).startsWith(FLINK)).toList();
    return flinks.isEmpty() ? failure : new ClusterException(last(flinks), failure);
  }

  private static Optional<RuntimeException> lakes(RuntimeException failure) {
    for (Throwable cause : causes(failure)) {
      if (cause instanceof LakeException lake) {
        return Optional.of(lake);
      } else if (nameOf(cause).equals(LakeException.class.getName())) {
        return Optional.of(new LakeException(withoutName(cause), failure));
      }
    }
    return Optional.empty();
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /** A cluster wraps exceptions of the job's classes; the wrapper has the original class name. */
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

  /** Whether a step threw it, and not the runner. */
  private static boolean isOfTheJob(Throwable root) {
    return Arrays.stream(root.getStackTrace())
        .map(StackTraceElement::getClassName)
        .anyMatch(name -> name.startsWith(OURS) || name.startsWith(BEAMS));
  }

  private static String last(List<Throwable> causes) {
    return causes.stream()
        .filter(cause -> cause.getMessage() != null)
        .reduce((earlier, later) -> later)
        .map(cause -> Objects.requireNonNull(withoutName(cause)))
        .orElse("it does not say why");
  }
}
