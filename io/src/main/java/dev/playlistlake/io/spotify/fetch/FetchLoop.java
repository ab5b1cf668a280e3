package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works off subjects with a fixed number of threads: requests of one subject and of several side by
 * side, those of started subjects before new ones, so that few answers wait in memory; second looks
 * when all else is done.
 */
public final class FetchLoop {
  private final RetryingClient retrying;
  private final RunLimits asked;
  private final int threads;

  private static final int STORING_THREADS = 2;
  private static final int MOST_WAITING = 64;
  private static final int MOST_SECONDS_TO_STORE = 60;

  private record Job(OpenFetch work, ApiRequest request) {}

  FetchLoop(RetryingClient retrying, RunLimits asked, int threads) {
    this.retrying = retrying;
    this.asked = asked;
    this.threads = threads;
  }

  /**
   * Asks for all subjects; returns those for which nothing was sent, because asking ended early or
   * nobody could sign in.
   *
   * @param finished called with each other subject when it ended, side by side with the asking
   */
  public List<FetchPlan> work(List<? extends FetchPlan> subjects, Consumer<OpenFetch> finished)
      throws InterruptedException {
    // Storing has threads of its own, so that as many requests are in flight as are allowed. Who
    // asks faster than can be stored lends a hand.
    ExecutorService storing =
        new ThreadPoolExecutor(
            STORING_THREADS,
            STORING_THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            threads("storing"),
            new ThreadPoolExecutor.CallerRunsPolicy());
    ExecutorService pool = Executors.newFixedThreadPool(threads, threads("spotify"));
    Round round = new Round(subjects, finished, storing, pool);
    try {
      start(pool, round);
      boolean ended = false;
      while (!ended) {
        // However long it takes: whatever breaks the asking ends its threads.
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      }
    } finally {
      // Interrupted from outside, no thread may go on asking beside a restarted attempt.
      pool.shutdownNow();
      storing.shutdownNow();
    }
    // Where the asking has failed, a file may still be on its way: whoever cleans up comes after
    // it.
    if (!storing.awaitTermination(MOST_SECONDS_TO_STORE, TimeUnit.SECONDS)) {
      throw new IllegalStateException("storing does not end");
    }
    return round.unasked();
  }

  private void start(ExecutorService pool, Runnable round) {
    try {
      for (int i = 0; i < threads; i++) {
        pool.execute(round);
      }
      pool.shutdown();
    } catch (RejectedExecutionException e) {
      // The first threads have failed already and ended the pool; the round tells why.
      pool.shutdown();
    }
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The shared state of one call; all fields guarded by its lock. */
  private final class Round implements Runnable {
    private final Deque<FetchPlan> fresh;
    private final Deque<Job> ready = new ArrayDeque<>();
    private final List<OpenFetch> open = new ArrayList<>();
    private final List<FetchPlan> unasked = new ArrayList<>();
    private final Consumer<OpenFetch> finished;
    private final ExecutorService storing;
    private final ExecutorService pool;
    private int busy;
    private @Nullable Throwable failure;

    Round(
        List<? extends FetchPlan> subjects,
        Consumer<OpenFetch> finished,
        ExecutorService storing,
        ExecutorService pool) {
      this.fresh = new ArrayDeque<>(subjects);
      this.finished = finished;
      this.storing = storing;
      this.pool = pool;
    }

    /** A thread's life: until there is nothing to ask and nobody could still find something. */
    @Override
    public void run() {
      try {
        for (Job job = take(); job != null; job = take()) {
          ask(job);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(new CancellationException("interrupted while asking"));
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    /** The first failure counts; it ends all threads, those that sleep or wait at the gate too. */
    private synchronized void fail(Throwable why) {
      if (failure == null) {
        failure = why;
        pool.shutdownNow();
      }
      notifyAll();
    }

    /** Subjects for which nothing was sent, when all threads have ended. */
    synchronized List<FetchPlan> unasked() {
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (failure instanceof Error error) {
        throw error;
      }
      unasked.addAll(fresh);
      return List.copyOf(unasked);
    }

    private void ask(Job job) throws InterruptedException {
      if (drop(job)) {
        return;
      }
      boolean ended;
      try {
        RetryingClient.Reply reply = retrying.ask(job.work().subject(), job.request());
        ended = settle(job, reply);
      } finally {
        retrying.handled();
      }
      if (ended) {
        finish(job);
      }
    }

    /** Passes over a request that has lost its use while it waited for its turn. */
    private boolean drop(Job job) {
      boolean ended;
      synchronized (this) {
        if (!job.work().subject().dropIfObsolete(job.request())) {
          return false;
        }
        ended = goOn(job.work());
      }
      if (ended) {
        finish(job);
      }
      return true;
    }

    private void finish(Job job) {
      if (!job.work().wasAsked()) {
        synchronized (this) {
          unasked.add(job.work().subject());
        }
        release();
        return;
      }
      FutureTask<@Nullable Void> store =
          new FutureTask<>(() -> finished.accept(job.work()), null) {
            @Override
            protected void done() {
              stored(this);
            }
          };
      storing.execute(store);
    }

    private void stored(Future<?> store) {
      try {
        Futures.value(store);
      } catch (RuntimeException | Error e) {
        fail(e);
      }
      release();
    }

    private synchronized @Nullable Job take() throws InterruptedException {
      while (true) {
        Job job = failure == null ? ready.poll() : null;
        if (job != null) {
          busy++;
          return job;
        }
        if (failure == null && !fresh.isEmpty() && asked.mayAsk()) {
          OpenFetch work = new OpenFetch(fresh.poll());
          open.add(work);
          add(work, work.subject().next());
        } else if (busy > 0 && failure == null) {
          wait();
        } else if (failure != null || !secondLooks()) {
          if (failure == null && !open.isEmpty()) {
            throw new IllegalStateException(
                "nothing is left to send, and there is no outcome of "
                    + open.get(0).subject().name());
          }
          notifyAll();
          return null;
        }
      }
    }

    private void add(OpenFetch work, List<ApiRequest> requests) {
      requests.forEach(request -> ready.add(new Job(work, request)));
      if (!requests.isEmpty()) {
        notifyAll();
      }
    }

    private boolean secondLooks() {
      for (OpenFetch work : open) {
        add(work, work.subject().atTheEnd());
      }
      return !ready.isEmpty();
    }

    /** Hands the reply over; true where the subject has ended and is to be stored. */
    private synchronized boolean settle(Job job, RetryingClient.Reply reply) {
      job.work().take(job.request(), reply);
      return goOn(job.work());
    }

    private boolean goOn(OpenFetch work) {
      add(work, work.subject().next());
      if (work.subject().outcome() != null) {
        open.remove(work);
        // Busy until it is stored: nobody may think that all is done before.
        return true;
      }
      release();
      return false;
    }

    private synchronized void release() {
      busy--;
      notifyAll();
    }
  }
}
