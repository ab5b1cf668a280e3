package dev.playlistlake.io.spotify.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Aborts exchanges that take too long. A socket timeout bounds only the wait for the next byte, not
 * for the whole response.
 */
final class Watchdog implements AutoCloseable {
  private final Duration timeout;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Creates a watchdog with a daemon thread of its own.
   *
   * @param timeout per exchange
   */
  Watchdog(Duration timeout) {
    this.timeout = timeout;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "spotify-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Starts a deadline that aborts the exchange when the timeout has passed. */
  Deadline watch(Runnable abort) {
    return new Deadline(abort);
  }

  /** The deadline of one exchange; can be stopped, and started again with the full timeout. */
  final class Deadline {
    private final Runnable abort;
    private Future<?> pending;

    private Deadline(Runnable abort) {
      this.abort = abort;
      this.pending = schedule();
    }

    void start() {
      pending = schedule();
    }

    void stop() {
      pending.cancel(false);
    }

    void expire() {
      abort.run();
    }

    private Future<?> schedule() {
      return timer.schedule(abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
