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
 * Metrics of one fetching stage, for display only. For a repeated task only the last attempt shows;
 * the run's row counts what is stored instead.
 */
public final class FetchMetrics {
  private static final String NAMESPACE = "Spotify";

  /** A metric, with the name under which it is shown. */
  public enum Count {
    /** Attempts, including retries. */
    REQUESTS("requests"),
    RETRIES("retries"),
    /** How long no request could be sent because of a 429. */
    THROTTLED("throttledMillis"),
    PLAYLISTS("playlistsDone"),
    /** Items of playlists that were read completely. */
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

  /** The current value. */
  long sum(Count count) {
    return adder(count).sum();
  }

  void throttled(Duration time) {
    add(Count.THROTTLED, time.toMillis());
  }

  /** The metrics by name; each returns its current value. */
  Map<String, LongSupplier> byName() {
    Map<String, LongSupplier> byName = new TreeMap<>();
    counts.forEach((number, count) -> byName.put(number.shown, count::sum));
    return byName;
  }

  /** Adds all to Beam's counters; called by the runner's thread. */
  void addToCounters() {
    counts.forEach((number, count) -> Metrics.counter(NAMESPACE, number.shown).inc(count.sum()));
  }

  private LongAdder adder(Count number) {
    return Objects.requireNonNull(counts.get(number));
  }
}
