package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.model.run.RateEstimate;
import dev.playlistlake.model.run.RateLimiterSnapshot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the next request may be sent. Three things hold it back: a 429 with a wait, a window of
 * requests in flight, and, once a 429 has shown it, the allowed rate, at which requests are evenly
 * spaced (decision 11).
 *
 * <p>The window halves at a 429 and opens again by one per window of responses. The 429s of
 * requests that were in flight at the first of them count as one.
 *
 * <p>It has no clock and no threads: callers pass every time, and calls must not overlap.
 */
final class RateLimiterState {
  /** After a pause of this length a new series of requests begins. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** Threads never wake more precisely than this. */
  private static final Duration LATE = Duration.ofMillis(10);

  private final int widest;
  private double window;
  private int inFlight;
  private Instant closedUntil;
  private Instant nextSlot = Instant.EPOCH;
  private RateEstimate rate;
  private @Nullable Instant busySince;
  private @Nullable Instant lastSentAt;
  private long accepted;
  private Instant lastRefusalAt = Instant.EPOCH;
  private @Nullable Refusal refusal;

  /** What is learned while no request may be sent: responses in flight still add to it. */
  private static final class Refusal {
    private final RateEstimate before;
    private double shortestSpan;
    private double longestSpan;

    Refusal(RateEstimate before, double span) {
      this.before = before;
      this.shortestSpan = span;
      this.longestSpan = span;
    }
  }

  /**
   * The state of a rate limiter.
   *
   * @param widest most requests in flight
   * @param before what was learned earlier in the run
   */
  RateLimiterState(int widest, RateLimiterSnapshot before) {
    this.widest = widest;
    this.window = before.window() == 0 ? widest : Math.min(widest, before.window());
    this.closedUntil = before.closedUntil();
    this.rate = before.rate();
    this.busySince = before.busySince();
    this.lastSentAt = before.lastSentAt();
    this.accepted = before.accepted();
  }

  /** When the next request may be sent; null if it must wait for a response first. */
  @Nullable Instant earliest() {
    if (inFlight >= (int) window) {
      return null;
    }
    return isLimited() && nextSlot.isAfter(closedUntil) ? nextSlot : closedUntil;
  }

  /** Records that a request is sent. */
  void sent(Instant now) {
    if (refusal != null || busySince == null || isSilent(now)) {
      if (refusal != null) {
        // What was missed during the wait is not made up for.
        nextSlot = now;
      }
      refusal = null;
      busySince = now;
      accepted = 0;
    }
    lastSentAt = now;
    inFlight++;
    if (isLimited()) {
      takeSlot(now);
    }
  }

  private boolean isSilent(Instant now) {
    return lastSentAt != null && Duration.between(lastSentAt, now).compareTo(SILENCE) > 0;
  }

  private boolean isLimited() {
    return rate.perSecond() > 0;
  }

  /**
   * One request per interval. Time that a thread loses by waking late is made up for, but only
   * just: two requests that arrive too close together can exceed a window's limit.
   */
  private void takeSlot(Instant now) {
    double seconds = 1 / RateEstimator.perSecond(rate);
    Duration interval = Duration.ofNanos((long) (seconds * 1e9));
    if (nextSlot.isAfter(now.minus(interval))) {
      // The rate held this request back, or nearly.
      rate = RateEstimator.calmFor(rate, seconds);
    }
    Duration quarter = interval.dividedBy(4);
    Instant oldest = now.minus(quarter.compareTo(LATE) > 0 ? quarter : LATE);
    nextSlot = (nextSlot.isAfter(oldest) ? nextSlot : oldest).plus(interval);
  }

  /**
   * Records a response other than a 429.
   *
   * @param sentAt when its request was sent
   */
  void responded(Instant sentAt) {
    inFlight--;
    window = Math.min(widest, window + 1 / window);
    if (busySince != null && !sentAt.isBefore(busySince)) {
      accepted++;
      learn();
    }
  }

  /** Records that no response came, or that the request was never sent. */
  void released() {
    inFlight--;
  }

  /**
   * Records a 429: no request may be sent until the wait is over.
   *
   * @param sentAt when the request was sent
   * @return how much longer all requests must wait; zero or less if not at all
   */
  Duration throttled(Instant sentAt, Instant now, Duration wait) {
    inFlight--;
    Instant until = now.plus(wait);
    Duration longer = Duration.between(closedUntil.isAfter(now) ? closedUntil : now, until);
    closedUntil = until.isAfter(closedUntil) ? until : closedUntil;
    double span = seconds(busySince == null ? sentAt : busySince, sentAt) + seconds(now, until);
    if (!sentAt.isBefore(lastRefusalAt)) {
      lastRefusalAt = now;
      window = Math.max(1, window / 2);
      refusal = new Refusal(rate, span);
    } else if (refusal != null) {
      refusal.shortestSpan = Math.min(refusal.shortestSpan, span);
      refusal.longestSpan = Math.max(refusal.longestSpan, span);
    }
    learn();
    return longer;
  }

  /** Repeated for each response to a request that was in flight at the 429. */
  private void learn() {
    if (refusal != null) {
      double span = (refusal.shortestSpan + refusal.longestSpan) / 2;
      rate = RateEstimator.afterRefusal(refusal.before, accepted, span);
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  /** What was learned, for the next stage. */
  RateLimiterSnapshot snapshot() {
    boolean refused = refusal != null;
    return new RateLimiterSnapshot(
        closedUntil, window, rate, refused ? null : busySince, refused ? 0 : accepted, lastSentAt);
  }
}
