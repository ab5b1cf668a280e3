package dev.playlistlake.io.spotify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The one gate that every request passes: at most a window of requests in flight, and none while
 * Spotify asked to wait. The window halves at a refusal and opens again by one a window's worth of
 * answers.
 */
final class Gate {
  private final int widest;
  private final Clock clock;
  private final Sleeper sleeper;
  private double window;
  private int inFlight;
  private Instant closedUntil = Instant.EPOCH;

  Gate(int widest, Clock clock, Sleeper sleeper) {
    this.widest = widest;
    this.window = widest;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Waits for a place. */
  void enter() throws InterruptedException {
    while (true) {
      Duration closed;
      synchronized (this) {
        closed = Duration.between(clock.instant(), closedUntil);
        if (closed.isNegative() || closed.isZero()) {
          if (inFlight < (int) window) {
            inFlight++;
            return;
          }
          wait();
          continue;
        }
      }
      sleeper.sleep(closed);
    }
  }

  /** Gives the place back after an answer. */
  synchronized void leave() {
    inFlight--;
    window = Math.min(widest, window + 1 / window);
    notifyAll();
  }

  /** Gives the place back after a 429: nobody asks again before the wait is over. */
  synchronized void refused(Duration wait) {
    inFlight--;
    window = Math.max(1, window / 2);
    Instant until = clock.instant().plus(wait);
    closedUntil = until.isAfter(closedUntil) ? until : closedUntil;
    notifyAll();
  }
}
