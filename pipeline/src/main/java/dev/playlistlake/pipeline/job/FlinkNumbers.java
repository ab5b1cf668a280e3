package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.spotify.fetch.LiveNumbers;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.taskmanager.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the numbers of the asking among the metrics of its Flink task, as {@code Spotify.requests}
 * and the like. Beam hands its own counters to Flink when a bundle ends; the whole asking is one,
 * and its task is gone at once afterwards. And what Beam gives a DoFn knows nothing of Flink: the
 * task is found by the thread that runs it.
 */
final class FlinkNumbers implements LiveNumbers {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkNumbers.class);

  @Override
  public void show(Map<String, LongSupplier> numbers) {
    taskOfThisThread()
        .ifPresent(
            task -> {
              MetricGroup group = task.getMetricGroup().addGroup("Spotify");
              numbers.forEach((name, number) -> group.gauge(name, (Gauge<Long>) number::getAsLong));
            });
  }

  /** Empty on other runners, and where Java was started without what Flink opens of it. */
  private static Optional<Task> taskOfThisThread() {
    try {
      return Optional.of(runnable(Thread.currentThread()))
          .filter(Task.class::isInstance)
          .map(Task.class::cast);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("the numbers of the asking do not show in Flink", e);
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
