package dev.playlistlake.model.run;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rate limiter's state, so that one stage of a run continues where another ended.
 *
 * @param closedUntil no request before this time
 * @param window most requests in flight; 0 for the run's maximum
 * @param rate estimate of the allowed rate
 * @param busySince when the current row of requests began; null before the first
 * @param accepted requests of that row with a response other than a refusal
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

  /** Before the first request. */
  public static RateLimiterSnapshot open() {
    return new RateLimiterSnapshot(Instant.EPOCH, 0, RateEstimate.unknown(), null, 0, null);
  }

  /** A copy that waits as the other one does, without the rate that it learned. */
  public RateLimiterSnapshot withWaitOf(RateLimiterSnapshot other) {
    return new RateLimiterSnapshot(
        other.closedUntil, window, rate, busySince, accepted, lastSentAt);
  }

  /** A copy, closed until then at the latest. */
  public RateLimiterSnapshot closedAtMost(Instant latest) {
    return closedUntil.isAfter(latest)
        ? new RateLimiterSnapshot(latest, window, rate, busySince, accepted, lastSentAt)
        : this;
  }
}
