package dev.playlistlake.io.spotify.fetch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a long fetch: one line that rewrites itself on a terminal, else a line
 * every ten seconds. Short fetches print nothing.
 */
public final class Progress implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  private final String what;
  private final int all;
  private final @Nullable LongSupplier requests;
  private final long requestsBefore;
  private final boolean terminal;
  private final PrintStream out;
  private final long startedAt = System.nanoTime();
  private final AtomicInteger done = new AtomicInteger();
  private final ScheduledExecutorService timer;
  private boolean said;

  private Progress(
      String what, int all, @Nullable LongSupplier requests, boolean terminal, PrintStream out) {
    this.what = what;
    this.all = all;
    this.requests = requests;
    this.requestsBefore = requests == null ? 0 : requests.getAsLong();
    this.terminal = terminal;
    this.out = out;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts reporting on stderr.
   *
   * @param what is fetched, in the plural
   * @param all how many there are
   * @param requests how many requests the run has sent so far; only those since the start are shown
   * @param wanted false to print nothing
   */
  public static Progress start(String what, int all, LongSupplier requests, boolean wanted) {
    return report(what, all, requests, wanted);
  }

  /** The same for stored responses, which need no request to Spotify. */
  public static Progress startReading(String what, int all, boolean wanted) {
    return report(what, all, null, wanted);
  }

  @SuppressWarnings(
      "SystemConsoleNull") // on newer JDKs the line rewrites itself in a file, no harm done
  private static Progress report(
      String what, int all, @Nullable LongSupplier requests, boolean wanted) {
    boolean terminal = System.console() != null;
    Progress progress = new Progress(what, all, requests, terminal, System.err);
    long pause = (terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
    if (wanted && all > 0) {
      var unused =
          progress.timer.scheduleAtFixedRate(progress::say, pause, pause, TimeUnit.MILLISECONDS);
    }
    return progress;
  }

  public void oneDone() {
    done.incrementAndGet();
  }

  /** The line: done of all, requests, rate, time left. */
  static String line(String what, int done, int all, long requests, double seconds) {
    String rate = String.format(Locale.ROOT, "%.1f", seconds > 0 ? requests / seconds : 0);
    return String.format(
        Locale.ROOT,
        "%,d of %,d %s, %,d requests, %s/s%s",
        done,
        all,
        what,
        requests,
        rate,
        left(done, all, seconds));
  }

  private static String left(int done, int all, double seconds) {
    return done == 0 ? "" : ", about " + words(Math.round(seconds / done * (all - done))) + " left";
  }

  private static String words(long seconds) {
    return seconds < 120 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }

  private synchronized void say() {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    int now = done.get();
    String line =
        requests == null
            ? String.format(Locale.ROOT, "%,d of %,d %s%s", now, all, what, left(now, all, seconds))
            : line(what, now, all, requests.getAsLong() - requestsBefore, seconds);
    if (terminal) {
      out.print("\r\u001B[K" + line);
      out.flush();
    } else {
      out.println(line);
    }
    said = true;
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
    if (said && terminal) {
      out.print("\r\u001B[K");
      out.flush();
    }
  }
}
