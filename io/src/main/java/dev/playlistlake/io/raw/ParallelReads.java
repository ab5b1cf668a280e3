package dev.playlistlake.io.raw;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads with several threads and returns the results in order. */
final class ParallelReads {
  private ParallelReads() {}

  private record Pending<T, R>(T item, Future<R> result) {}

  /**
   * Reads items, at most {@code threads} ahead of {@code then}: results wait in memory.
   *
   * @param read called by several threads; this method rethrows its exceptions
   * @param then called by this thread, with one item after the other in the order given
   */
  static <T, R> void inOrder(
      Collection<T> items, int threads, Function<T, R> read, BiConsumer<T, R> then) {
    if (items.isEmpty()) {
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, ParallelReads::daemon);
    try {
      Deque<Pending<T, R>> ahead = new ArrayDeque<>();
      Iterator<T> rest = items.iterator();
      while (rest.hasNext() || !ahead.isEmpty()) {
        while (rest.hasNext() && ahead.size() < threads) {
          T item = rest.next();
          ahead.add(new Pending<>(item, pool.submit(() -> read.apply(item))));
        }
        Pending<T, R> first = ahead.remove();
        then.accept(first.item(), value(first.result()));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "stored responses");
    thread.setDaemon(true);
    return thread;
  }

  private static <R> R value(Future<R> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("reading throws nothing checked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while stored responses were read");
    }
  }
}
