package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.raw.RawAttempt;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs plans with a fixed number of threads. Requests run in parallel, within and across plans;
 * open plans come before new ones, so that few responses wait in memory, and requests that make
 * sense only at the end run when all others are done.
 */
public final class FetchLoop {
  private static final int STORING_THREADS = 2;
  private static final int MOST_WAITING = 64;
  private static final int MOST_SECONDS_TO_STORE = 60;

  private final RetryingClient client;
  private final RunLimits limits;
  private final int threads;

  private record Job(OpenFetch fetch, ApiRequest request, RawAttempt.Role role) {}

  FetchLoop(RetryingClient client, RunLimits limits, int threads) {
    this.client = client;
    this.limits = limits;
    this.threads = threads;
  }

  /**
   * Runs all plans.
   *
   * @param onFinished called with each plan that sent a request, when it has ended; in parallel
   *     with the fetching
   * @return the plans for which no request was sent, because the run stopped or could not sign in
   * @throws InterruptedException if interrupted; no thread continues fetching then
   */
  public List<FetchPlan> run(List<? extends FetchPlan> plans, Consumer<OpenFetch> onFinished)
      throws InterruptedException {
    // Storing has its own threads, so that as many requests are in flight as are allowed. If
    // storing falls behind, the fetching thread stores its own result.
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
    Round round = new Round(plans, onFinished, storing, pool);
    try {
      start(pool, round);
      boolean ended = false;
      while (!ended) {
        // However long it takes: any failure ends the threads.
        ended = pool.awaitTermination(1, TimeUnit.MINUTES);
      }
    } finally {
      // After an interrupt no thread may continue beside a restarted attempt.
      pool.shutdownNow();
      storing.shutdownNow();
    }
    // After a failure a file may still be in progress; a clean-up must come after it.
    if (!storing.awaitTermination(MOST_SECONDS_TO_STORE, TimeUnit.SECONDS)) {
      throw new IllegalStateException("storing does not end");
    }
    return round.notStarted();
  }

  private void start(ExecutorService pool, Runnable round) {
    try {
      for (int i = 0; i < threads; i++) {
        pool.execute(round);
      }
      pool.shutdown();
    } catch (RejectedExecutionException e) {
      // The first threads have already failed and ended the pool; the round reports why.
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

  /** The shared state of one run; all fields guarded by its lock. */
  private final class Round implements Runnable {
    private final Deque<FetchPlan> waiting;
    private final Deque<Job> ready = new ArrayDeque<>();
    private final List<OpenFetch> open = new ArrayList<>();
    private final List<FetchPlan> notStarted = new ArrayList<>();
    private final Consumer<OpenFetch> onFinished;
    private final ExecutorService storing;
    private final ExecutorService pool;
    private int busy;
    private @Nullable Throwable failure;

    Round(
        List<? extends FetchPlan> plans,
        Consumer<OpenFetch> onFinished,
        ExecutorService storing,
        ExecutorService pool) {
      this.waiting = new ArrayDeque<>(plans);
      this.onFinished = onFinished;
      this.storing = storing;
      this.pool = pool;
    }

    /** Runs until there is no request, and no open job that could add one. */
    @Override
    public void run() {
      try {
        for (Job job = take(); job != null; job = take()) {
          fetch(job);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(new CancellationException("interrupted while fetching"));
      } catch (RuntimeException | Error e) {
        fail(e);
      }
    }

    /** The first failure counts; it ends all threads, including those that sleep or wait. */
    private synchronized void fail(Throwable why) {
      if (failure == null) {
        failure = why;
        pool.shutdownNow();
      }
      notifyAll();
    }

    /** Plans for which no request was sent, once all threads have ended. */
    synchronized List<FetchPlan> notStarted() {
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (failure instanceof Error error) {
        throw error;
      }
      notStarted.addAll(waiting);
      return List.copyOf(notStarted);
    }

    private void fetch(Job job) throws InterruptedException {
      if (drop(job)) {
        return;
      }
      boolean ended;
      try {
        Attempts.Reply reply = client.fetch(job.fetch().plan(), job.request(), job.role());
        ended = settle(job, reply);
      } finally {
        client.handled();
      }
      if (ended) {
        finish(job.fetch());
      }
    }

    /** Skips a request that became obsolete while it was queued. */
    private boolean drop(Job job) {
      boolean ended;
      synchronized (this) {
        if (!job.fetch().plan().dropIfObsolete(job.request())) {
          return false;
        }
        ended = goOn(job.fetch());
      }
      if (ended) {
        finish(job.fetch());
      }
      return true;
    }

    private void finish(OpenFetch fetch) {
      if (fetch.hasAttempts()) {
        storing.execute(() -> store(fetch));
      } else {
        synchronized (this) {
          notStarted.add(fetch.plan());
        }
        release();
      }
    }

    private void store(OpenFetch fetch) {
      try {
        onFinished.accept(fetch);
      } catch (RuntimeException | Error e) {
        fail(e);
      }
      release();
    }

    private synchronized @Nullable Job take() throws InterruptedException {
      while (failure == null) {
        Job job = ready.poll();
        if (job != null) {
          busy++;
          return job;
        } else if (!waiting.isEmpty() && limits.maySend()) {
          OpenFetch fetch = new OpenFetch(waiting.remove());
          open.add(fetch);
          add(fetch, fetch.plan().next());
        } else if (busy > 0) {
          wait();
        } else if (!addRequestsAtTheEnd()) {
          if (!open.isEmpty()) {
            throw new IllegalStateException(
                "nothing is left to send, and there is no outcome of " + open.get(0).plan().name());
          }
          break;
        }
      }
      notifyAll();
      return null;
    }

    private void add(OpenFetch fetch, List<ApiRequest> requests) {
      requests.forEach(request -> ready.add(new Job(fetch, request, fetch.plan().role(request))));
      if (!requests.isEmpty()) {
        notifyAll();
      }
    }

    private boolean addRequestsAtTheEnd() {
      for (OpenFetch fetch : open) {
        add(fetch, fetch.plan().atTheEnd());
      }
      return !ready.isEmpty();
    }

    /** Passes the reply to the plan; true if the plan has ended and must be stored. */
    private synchronized boolean settle(Job job, Attempts.Reply reply) {
      job.fetch().take(job.request(), reply);
      return goOn(job.fetch());
    }

    private boolean goOn(OpenFetch fetch) {
      add(fetch, fetch.plan().next());
      if (fetch.plan().outcome() != null) {
        open.remove(fetch);
        // Busy until it is stored: no thread may consider the run done before.
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
