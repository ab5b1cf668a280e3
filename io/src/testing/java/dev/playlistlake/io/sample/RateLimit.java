package dev.playlistlake.io.sample;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A rate limit over a rolling window. Refused requests do not count. Thread-safe; callers pass the
 * time, in nanoseconds from any origin.
 */
public final class RateLimit {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long window;
  private final Deque<Long> admitted = new ArrayDeque<>();
  private int requests;

  /**
   * Creates a limit.
   *
   * @param requests the most per window
   * @throws IllegalArgumentException if either is not positive
   */
  public RateLimit(int requests, Duration window) {
    if (requests < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("no limit: " + requests + " in " + window);
    }
    this.requests = requests;
    this.window = window.toNanos();
  }

  /** Changes the number of requests per window from now on. */
  public synchronized void change(int newRequests) {
    requests = newRequests;
  }

  /** Admits a request and returns 0, or returns the whole seconds until there is room for one. */
  public synchronized long retryAfter(long now) {
    while (!admitted.isEmpty() && admitted.element() <= now - window) {
      admitted.remove();
    }
    if (admitted.size() < requests) {
      admitted.add(now);
      return 0;
    }
    Iterator<Long> oldest = admitted.iterator();
    long expiring = oldest.next();
    for (int i = admitted.size(); i > requests; i--) {
      expiring = oldest.next();
    }
    return Math.max(1, (expiring + window - now + SECOND - 1) / SECOND);
  }
}
