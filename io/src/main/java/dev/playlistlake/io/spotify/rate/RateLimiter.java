package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.model.RateLimiterSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one gate that every request of a run passes, one after another and at the {@link
 * RateLimiterState} that Spotify allows. Who waits here is sent away as soon as the asking is over.
 */
public final class RateLimiter {
  /** Nobody waits longer without looking whether the asking is over. */
  public static final Duration LONGEST_SLEEP = Duration.ofMillis(250);

  private final BooleanSupplier maySend;
  private final Consumer<RateLimiterSnapshot> learned;
  private final Clock clock;
  private final Sleeper sleeper;

  /** Only the first in the queue watches the time. */
  private final ReentrantLock queue = new ReentrantLock(/* fair= */ true);

  private final RateLimiterState state;
  private final Consumer<Duration> onThrottled;

  /**
   * A gate.
   *
   * @param widest most requests in flight
   * @param maySend whether anybody may still ask
   * @param before what was learned about the rate earlier in the run
   * @param learned keeps what is learned about it
   * @param throttled is told of every stretch of time in which Spotify lets nobody ask
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
   * Waits until a request may be sent. Whoever is let through tells what came of it by {@link
   * #responded}, {@link #refused} or {@link #released}.
   *
   * @return when it was let through; null where nobody may ask any more
   */
  public @Nullable Instant acquire() throws InterruptedException {
    queue.lockInterruptibly();
    try {
      // Who waits here has something to ask: this is where a stop is noticed, however long the
      // wait.
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

  /** An answer came to the request that was let through at this time, and it was no refusal. */
  public synchronized void responded(Instant sentAt) {
    state.responded(sentAt);
    changed();
  }

  /** No answer came to a request that was let through, or it was not sent. */
  public synchronized void released() {
    state.released();
    changed();
  }

  /** The request that was let through at this time was refused: all wait. */
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
