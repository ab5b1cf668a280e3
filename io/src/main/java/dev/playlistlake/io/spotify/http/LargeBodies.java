package dev.playlistlake.io.spotify.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory that response bodies take together. Spotify's are a few hundred kilobytes; a
 * body of many megabytes takes many times its size while it is parsed, so only a few threads may
 * hold one at a time. A thread keeps its permit until it has handled the response.
 */
public final class LargeBodies {
  /** Bodies up to this many bytes need no permit. */
  public static final int SMALL = 1 << 20;

  /** Bytes of memory to parse and store a body of the maximum length, with room to spare. */
  private static final long MEMORY_PER_BODY = 400L << 20;

  private final Semaphore permits =
      new Semaphore((int) Math.max(1, Runtime.getRuntime().maxMemory() / MEMORY_PER_BODY));
  private final Set<Thread> holders = ConcurrentHashMap.newKeySet();

  /**
   * Waits for a permit for the current thread; returns at once if it has one.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void enter() throws InterruptedException {
    if (!holders.contains(Thread.currentThread())) {
      permits.acquire();
      holders.add(Thread.currentThread());
    }
  }

  /** Returns the current thread's permit, if it has one. */
  void leave() {
    if (holders.remove(Thread.currentThread())) {
      permits.release();
    }
  }
}
