package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.model.RateEstimate;
import dev.playlistlake.model.RateLimiterSnapshot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the next request may go. Three things hold it back: a refusal that asked to wait, a window
 * of requests in flight, and, once a refusal has told about it, the allowed rate, at which requests
 * follow each other evenly.
 *
 * <p>The window halves at a refusal and opens again by one a window's worth of answers. Requests
 * that were under way when the first of them was refused are one refusal together.
 *
 * <p>Knows no clock and no threads: every time is told, and calls must not overlap.
 */
final class RateLimiterState {
  /** After a silence of this length a new row of requests begins. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** Threads are never more punctual than this. */
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

  /** What is being learned while the gate is closed: answers under way still add to it. */
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
   * A pace.
   *
   * @param widest most requests in flight
   * @param before what was known earlier in the run
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

  /** When the next request may be sent; null where it must wait for an answer first. */
  @Nullable Instant earliest() {
    if (inFlight >= (int) window) {
      return null;
    }
    return isLimited() && nextSlot.isAfter(closedUntil) ? nextSlot : closedUntil;
  }

  /** A request is sent. */
  void sent(Instant now) {
    if (refusal != null || busySince == null || isSilent(now)) {
      if (refusal != null) {
        // What was missed while the gate was closed is not made up for.
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
   * One request an interval. What a thread that wakes up late has lost is made up for, but hardly
   * more: two requests that arrive too near to each other can be one too many for a window.
   */
  private void takeSlot(Instant now) {
    double seconds = 1 / RateEstimator.perSecond(rate);
    Duration interval = Duration.ofNanos((long) (seconds * 1e9));
    if (nextSlot.isAfter(now.minus(interval))) {
      // It was the rate that held this request back, or nearly.
      rate = RateEstimator.calmFor(rate, seconds);
    }
    Duration quarter = interval.dividedBy(4);
    Instant oldest = now.minus(quarter.compareTo(LATE) > 0 ? quarter : LATE);
    nextSlot = (nextSlot.isAfter(oldest) ? nextSlot : oldest).plus(interval);
  }

  /**
   * An answer came, and it was no refusal.
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

  /** No answer came, or the request was never sent. */
  void released() {
    inFlight--;
  }

  /**
   * A request was refused: nobody may ask until the wait is over.
   *
   * @param sentAt when the request was sent
   * @return by how much longer nobody may ask than was known before; not above zero where that is
   *     no longer
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

  /** Anew with every answer to a request that was under way at the refusal. */
  private void learn() {
    if (refusal != null) {
      double span = (refusal.shortestSpan + refusal.longestSpan) / 2;
      rate = RateEstimator.afterRefusal(refusal.before, accepted, span);
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  /** What is known, for whoever goes on. */
  RateLimiterSnapshot snapshot() {
    boolean refused = refusal != null;
    return new RateLimiterSnapshot(
        closedUntil, window, rate, refused ? null : busySince, refused ? 0 : accepted, lastSentAt);
  }
}
