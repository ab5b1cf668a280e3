package dev.playlistlake.io.spotify.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory that response bodies take together. Spotify's are a few hundred kilobytes; a
 * body of many megabytes becomes many times that while it is parsed, so only few threads may have
 * one at a time. A thread keeps its place until it has handled the response.
 */
public final class LargeBodies {
  /** Bodies up to this many bytes need no place. */
  public static final int SMALL = 1 << 20;

  /** Memory that a body of the longest length needs, parsed and stored, with room to spare. */
  private static final long MEMORY_PER_BODY = 400L << 20;

  private final Semaphore places =
      new Semaphore((int) Math.max(1, Runtime.getRuntime().maxMemory() / MEMORY_PER_BODY));
  private final Set<Thread> holders = ConcurrentHashMap.newKeySet();

  /** Waits until the current thread may have a large body; at once where it has a place already. */
  void enter() throws InterruptedException {
    if (!holders.contains(Thread.currentThread())) {
      places.acquire();
      holders.add(Thread.currentThread());
    }
  }

  /** The current thread has handled its response. */
  void leave() {
    if (holders.remove(Thread.currentThread())) {
      places.release();
    }
  }
}
