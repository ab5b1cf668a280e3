package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  private record Job(SubjectWork work, ApiRequest request) {}

  Asking(Retrying retrying, Asked asked, int threads) {
    this.retrying = retrying;
    this.asked = asked;
    this.threads = threads;
  }

  /**
   * Asks for all subjects; returns those that were never started because asking ended early.
   *
   * @param finished called with each subject that ended, on the thread that ended it
   */
  List<Subject> work(List<? extends Subject> subjects, Consumer<SubjectWork> finished)
      throws InterruptedException {
    Round round = new Round(subjects, finished);
    AtomicInteger number = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "spotify-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(round::work));
      }
      for (Future<?> worker : workers) {
        await(worker);
      }
    } finally {
      pool.shutdownNow();
    }
    return List.copyOf(round.fresh);
  }

  private static void await(Future<?> worker) throws InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("an asking thread failed", cause);
    }
  }

  /** The shared state of one call; all fields guarded by its lock. */
  private final class Round {
    private final Deque<Subject> fresh;
    private final Deque<Job> ready = new ArrayDeque<>();
    private final List<SubjectWork> open = new ArrayList<>();
    private final Consumer<SubjectWork> finished;
    private int busy;
    private boolean broken;

    Round(List<? extends Subject> subjects, Consumer<SubjectWork> finished) {
      this.fresh = new ArrayDeque<>(subjects);
      this.finished = finished;
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
      List<byte[]> compressed = reply.attempts().stream().map(RawObject::compress).toList();
      if (settle(job, reply, compressed)) {
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
      finished.accept(job.work());
      release();
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
    private synchronized boolean settle(Job job, Retrying.Reply reply, List<byte[]> compressed) {
      job.work().take(job.request(), reply, compressed);
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
