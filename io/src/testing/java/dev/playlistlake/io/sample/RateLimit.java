package dev.playlistlake.io.sample;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A limit over a rolling window: so many requests in any time of its length. Refused ones do not
 * count. Safe for many threads; times are told, in nanoseconds from any beginning.
 */
public final class RateLimit {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long window;
  private final Deque<Long> admitted = new ArrayDeque<>();
  private int requests;

  public RateLimit(int requests, Duration window) {
    if (requests < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("no limit: " + requests + " in " + window);
    }
    this.requests = requests;
    this.window = window.toNanos();
  }

  /** From now on so many. */
  public synchronized void change(int newRequests) {
    requests = newRequests;
  }

  /** 0 where the request may pass; else whole seconds until there is room for one. */
  public synchronized long retryAfter(long now) {
    while (!admitted.isEmpty() && admitted.element() <= now - window) {
      admitted.remove();
    }
    if (admitted.size() < requests) {
      admitted.add(now);
      return 0;
    }
    Iterator<Long> inTheWay = admitted.iterator();
    long leaves = inTheWay.next();
    for (int i = admitted.size(); i > requests; i--) {
      leaves = inTheWay.next();
    }
    return Math.max(1, (leaves + window - now + SECOND - 1) / SECOND);
  }
}
