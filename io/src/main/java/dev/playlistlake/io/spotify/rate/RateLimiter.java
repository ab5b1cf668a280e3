package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.model.run.RateLimiterSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the requests of a run through one after another, at the rate that Spotify allows ({@link
 * RateLimiterState}, decision 11). Waiting threads return as soon as the run stops.
 */
public final class RateLimiter {
  /** The longest wait before checking whether the run has stopped. */
  public static final Duration LONGEST_SLEEP = Duration.ofMillis(250);

  private final BooleanSupplier maySend;
  private final Consumer<RateLimiterSnapshot> learned;
  private final Clock clock;
  private final Sleeper sleeper;

  /** Only the first thread in the queue watches the time. */
  private final ReentrantLock queue = new ReentrantLock(/* fair= */ true);

  private final RateLimiterState state;
  private final Consumer<Duration> onThrottled;

  /**
   * A rate limiter.
   *
   * @param widest most requests in flight
   * @param maySend whether requests may still be sent
   * @param before what was learned about the rate earlier in the run
   * @param learned receives what is learned about it
   * @param throttled receives each period for which a 429 lets no request through
   */
  public RateLimiter(
      int widest,
      BooleanSupplier maySend,
      RateLimiterSnapshot before,
      Consumer<RateLimiterSnapshot> learned,
      Clock clock,
      Sleeper sleeper,
      Consumer<Duration> onThrottled) {
    this.maySend = maySend;
    this.learned = learned;
    this.clock = clock;
    this.sleeper = sleeper;
    this.state = new RateLimiterState(widest, before);
    this.onThrottled = onThrottled;
  }

  /**
   * Waits until a request may be sent. The caller then reports its result by {@link #responded},
   * {@link #throttled} or {@link #released}.
   *
   * @return when it was let through; null if no more requests may be sent
   * @throws InterruptedException if interrupted while waiting
   */
  public @Nullable Instant acquire() throws InterruptedException {
    queue.lockInterruptibly();
    try {
      // A waiting thread has a request to send, so it notices a stop however long the wait.
      while (maySend.getAsBoolean()) {
        Duration left;
        synchronized (this) {
          Instant now = clock.instant();
          Instant earliest = state.earliest();
          if (earliest == null) {
            wait(LONGEST_SLEEP.toMillis());
            continue;
          }
          if (!now.isBefore(earliest)) {
            state.sent(now);
            return now;
          }
          left = Duration.between(now, earliest);
        }
        sleeper.sleep(left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP);
      }
      return null;
    } finally {
      queue.unlock();
    }
  }

  /** The request that was let through at this time got a response other than a 429. */
  public synchronized void responded(Instant sentAt) {
    state.responded(sentAt);
    changed();
  }

  /** A request that was let through got no response, or was not sent. */
  public synchronized void released() {
    state.released();
    changed();
  }

  /** The request that was let through at this time got a 429: all requests wait. */
  public synchronized void throttled(Instant sentAt, Duration wait) {
    Duration longer = state.throttled(sentAt, clock.instant(), wait);
    if (longer.compareTo(Duration.ZERO) > 0) {
      onThrottled.accept(longer);
    }
    changed();
  }

  private void changed() {
    learned.accept(state.snapshot());
    notifyAll();
  }
}
