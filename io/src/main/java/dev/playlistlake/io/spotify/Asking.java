package dev.playlistlake.io.spotify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
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
final class Asking {
  private final Retrying retrying;
  private final Asked asked;
  private final int threads;

  private static final int STORING_THREADS = 2;
  private static final int MOST_WAITING = 64;

  private record Job(SubjectWork work, ApiRequest request) {}

  Asking(Retrying retrying, Asked asked, int threads) {
    this.retrying = retrying;
    this.asked = asked;
    this.threads = threads;
  }

  /**
   * Asks for all subjects; returns those that were never started because asking ended early.
   *
   * @param finished called with each subject that ended, side by side with the asking
   */
  List<Subject> work(List<? extends Subject> subjects, Consumer<SubjectWork> finished)
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
    Round round = new Round(subjects, finished, storing);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(round::work));
      }
      workers.forEach(Futures::value);
    } finally {
      pool.shutdownNow();
      storing.shutdownNow();
    }
    round.failIfStoringFailed();
    return List.copyOf(round.fresh);
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
  private final class Round {
    private final Deque<Subject> fresh;
    private final Deque<Job> ready = new ArrayDeque<>();
    private final List<SubjectWork> open = new ArrayList<>();
    private final Consumer<SubjectWork> finished;
    private final ExecutorService storing;
    private int busy;
    private boolean broken;
    private @Nullable Future<?> failedStoring;

    Round(
        List<? extends Subject> subjects, Consumer<SubjectWork> finished, ExecutorService storing) {
      this.fresh = new ArrayDeque<>(subjects);
      this.finished = finished;
      this.storing = storing;
    }

    /** A thread's life: until there is nothing to ask and nobody could still find something. */
    private @Nullable Void work() throws InterruptedException {
      boolean well = false;
      try {
        for (Job job = take(); job != null; job = take()) {
          ask(job);
        }
        well = true;
        return null;
      } finally {
        if (!well) {
          giveUp();
        }
      }
    }

    private void ask(Job job) throws InterruptedException {
      if (drop(job)) {
        return;
      }
      Retrying.Reply reply = retrying.ask(job.work().subject(), job.request());
      if (settle(job, reply)) {
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
      FutureTask<@Nullable Void> store =
          new FutureTask<>(() -> finished.accept(job.work()), null) {
            @Override
            protected void done() {
              stored(this);
            }
          };
      storing.execute(store);
    }

    private synchronized void stored(Future<?> store) {
      try {
        Futures.value(store);
      } catch (RuntimeException | Error e) {
        failedStoring = store;
        broken = true;
      }
      busy--;
      notifyAll();
    }

    synchronized void failIfStoringFailed() {
      if (failedStoring != null) {
        Futures.value(failedStoring);
      }
    }

    private synchronized @Nullable Job take() throws InterruptedException {
      while (true) {
        Job job = broken ? null : ready.poll();
        if (job != null) {
          busy++;
          return job;
        }
        if (!broken && !fresh.isEmpty() && !asked.isOver()) {
          SubjectWork work = new SubjectWork(fresh.poll());
          open.add(work);
          add(work, work.subject().next());
        } else if (busy > 0 && !broken) {
          wait();
        } else if (broken || !secondLooks()) {
          notifyAll();
          return null;
        }
      }
    }

    private void add(SubjectWork work, List<ApiRequest> requests) {
      requests.forEach(request -> ready.add(new Job(work, request)));
      if (!requests.isEmpty()) {
        notifyAll();
      }
    }

    private boolean secondLooks() {
      for (SubjectWork work : open) {
        add(work, work.subject().atTheEnd());
      }
      return !ready.isEmpty();
    }

    /** Hands the reply over; true where the subject has ended and is to be stored. */
    private synchronized boolean settle(Job job, Retrying.Reply reply) {
      job.work().take(job.request(), reply, storing);
      return goOn(job.work());
    }

    private boolean goOn(SubjectWork work) {
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

    private synchronized void giveUp() {
      broken = true;
      notifyAll();
    }
  }
}
