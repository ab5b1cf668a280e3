package dev.playlistlake.pipeline.cli;

import dev.playlistlake.io.spotify.fetch.StopRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Ctrl-C and SIGTERM do while a run fetches in this process: the first stops fetching, so that
 * the run publishes what it has; the second ends the process at once. A shutdown hook would be too
 * late: the process is already ending, with the threads of the log and the storage.
 */
final class StopSignals {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

  /** With the exit codes that a shell shows for a process killed by them. */
  private static final Map<String, Integer> SIGNALS = Map.of("INT", 130, "TERM", 143);

  private static final long MOST_MILLIS_TO_DIE = 1_000;

  private final Map<String, Object> before = new HashMap<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  private final IntConsumer beforeDeath;

  private StopSignals(IntConsumer beforeDeath) {
    this.beforeDeath = beforeDeath;
  }

  /**
   * Runs something with these handlers and restores the previous ones.
   *
   * @param beforeDeath is told the exit code before the second signal ends the process
   */
  static ExitCode during(Supplier<ExitCode> run, IntConsumer beforeDeath) {
    StopSignals signals = new StopSignals(beforeDeath);
    signals.install();
    try {
      return run.get();
    } finally {
      signals.restore();
      StopRequest.clear();
    }
  }

  private void took(int exitCode) {
    if (!stopping.compareAndSet(false, true)) {
      die(exitCode);
    }
    StopRequest.raise();
    System.err.println(
        "Stopping: nothing more is asked; what is complete is published. Once more ends at once.");
  }

  /** At once, whatever storage does: what is to be said gets a second. */
  private void die(int exitCode) {
    Thread saying = new Thread(() -> beforeDeath.accept(exitCode), "last words");
    saying.setDaemon(true);
    saying.start();
    try {
      saying.join(MOST_MILLIS_TO_DIE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private void install() {
    SIGNALS.forEach(
        (signal, exitCode) -> {
          try {
            before.put(signal, handle(signal, handler(() -> took(exitCode))));
          } catch (ReflectiveOperationException e) {
            // With -Xrs, or on a Java without this class, signals end the process.
            LOG.debug("cannot take SIG{}", signal, e);
          }
        });
  }

  private void restore() {
    before.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("what was installed can be replaced", e);
          }
        });
  }

  static Object handler(Runnable action) throws ReflectiveOperationException {
    return Proxy.newProxyInstance(
        StopSignals.class.getClassLoader(),
        new Class<?>[] {Class.forName("sun.misc.SignalHandler")},
        (proxy, method, args) -> {
          if (method.getDeclaringClass() == Object.class) {
            return method.invoke(action, args);
          }
          action.run();
          return null;
        });
  }

  /**
   * Installs a signal handler and returns the previous one. By reflection: Java has no other way to
   * handle a signal, and javac's warning about the class cannot be suppressed.
   */
  static Object handle(String name, Object handler) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Object signal = type.getConstructor(String.class).newInstance(name);
    return type.getMethod("handle", type, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal, handler);
  }
}
