package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.spotify.fetch.LiveNumbers;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.taskmanager.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows fetch progress among the metrics of its Flink task, such as {@code Spotify.requests}
 * (decision 20). Beam passes its own counters to Flink when a bundle ends, but all fetching is one
 * bundle, and its task ends with it. A DoFn has no access to Flink, so the task is found by its
 * thread.
 */
final class FlinkMetrics implements LiveNumbers {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkMetrics.class);

  @Override
  public void show(Map<String, LongSupplier> numbers) {
    taskOfThisThread()
        .ifPresent(
            task -> {
              MetricGroup group = task.getMetricGroup().addGroup("Spotify");
              numbers.forEach((name, number) -> group.gauge(name, (Gauge<Long>) number::getAsLong));
            });
  }

  /** Empty on other runners, and if Java was started without Flink's {@code --add-opens}. */
  private static Optional<Task> taskOfThisThread() {
    try {
      return Optional.of(runnable(Thread.currentThread()))
          .filter(Task.class::isInstance)
          .map(Task.class::cast);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      LOG.debug("Flink does not show the metrics of this run", e);
      return Optional.empty();
    }
  }

  private static Object runnable(Thread thread) throws ReflectiveOperationException {
    try {
      return value(thread, Thread.class, "target");
    } catch (NoSuchFieldException e) {
      // Since Java 19.
      Object holder = value(thread, Thread.class, "holder");
      return value(holder, holder.getClass(), "task");
    }
  }

  private static Object value(Object of, Class<?> type, String name)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
