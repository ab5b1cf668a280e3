package dev.playlistlake.model;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the gate for requests knows, so that one stage of a run goes on where another ended.
 *
 * @param closedUntil no request before
 * @param window most requests in flight; 0 for as many as the run may have
 * @param rate what is known of the allowed rate
 * @param busySince when the present row of requests began; null before the first
 * @param accepted requests of that row that were answered, and not by a refusal
 * @param lastSentAt when the last one was sent; null before the first
 */
public record RateLimiterSnapshot(
    Instant closedUntil,
    double window,
    RateEstimate rate,
    @Nullable Instant busySince,
    long accepted,
    @Nullable Instant lastSentAt)
    implements Serializable {

  /** Nothing was asked yet. */
  public static RateLimiterSnapshot open() {
    return new RateLimiterSnapshot(Instant.EPOCH, 0, RateEstimate.unknown(), null, 0, null);
  }

  /** The same, but closed no longer than until then. */
  public RateLimiterSnapshot closedAtMost(Instant latest) {
    return closedUntil.isAfter(latest)
        ? new RateLimiterSnapshot(latest, window, rate, busySince, accepted, lastSentAt)
        : this;
  }
}
