package dev.playlistlake.io.spotify.fetch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What one stage of the asking has come to, for whoever watches the run. Of a task that is repeated
 * only the last attempt shows: the run's row counts what is stored, and not this.
 */
public final class FetchMetrics {
  private static final String NAMESPACE = "Spotify";

  /** What is counted, by the name that is shown. */
  public enum Count {
    /** Attempts, retries too. */
    REQUESTS("requests"),
    RETRIES("retries"),
    /** How long nobody could ask as Spotify had refused for a while. */
    THROTTLED("throttledMillis"),
    PLAYLISTS("playlistsDone"),
    /** Items of playlists that were read wholly. */
    ITEMS("itemsRead"),
    DETAILS("detailBatchesDone");

    private final String shown;

    Count(String shown) {
      this.shown = shown;
    }
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  FetchMetrics() {
    for (Count number : Count.values()) {
      counts.put(number, new LongAdder());
    }
  }

  public void add(Count number, long more) {
    adder(number).add(more);
  }

  /** The number as it is now. */
  long sum(Count count) {
    return adder(count).sum();
  }

  void throttled(Duration time) {
    add(Count.THROTTLED, time.toMillis());
  }

  /** The numbers as they are whenever they are looked at. */
  Map<String, LongSupplier> byName() {
    Map<String, LongSupplier> byName = new TreeMap<>();
    counts.forEach((number, count) -> byName.put(number.shown, count::sum));
    return byName;
  }

  /** Adds all to Beam's counters; by the thread that the runner has called. */
  void addToCounters() {
    counts.forEach((number, count) -> Metrics.counter(NAMESPACE, number.shown).inc(count.sum()));
  }

  private LongAdder adder(Count number) {
    return Objects.requireNonNull(counts.get(number));
  }
}
