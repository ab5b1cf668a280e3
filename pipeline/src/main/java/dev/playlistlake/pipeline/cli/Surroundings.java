package dev.playlistlake.pipeline.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What a run takes from its environment and no flag sets; tests replace it.
 *
 * @param clock the time; must be serializable
 * @param answerTimeout longest time for one whole response
 * @param firstPause longest pause before the second attempt at a request
 * @param signals handling of Ctrl-C and SIGTERM during the run
 */
public record Surroundings(
    Clock clock, Duration answerTimeout, Duration firstPause, Signals signals) {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** Runs something with its own signal handlers. */
  public interface Signals {
    /**
     * Runs it.
     *
     * @param beforeDeath is told the exit code before a signal ends the process
     */
    ExitCode during(Supplier<ExitCode> run, IntConsumer beforeDeath);
  }

  /** For the program's own process. */
  public static Surroundings ofProcess() {
    return new Surroundings(Clock.systemUTC(), ANSWER_TIMEOUT, FIRST_PAUSE, StopSignals::during);
  }

  /** The same without signal handlers. */
  public static Surroundings usual() {
    return at(Clock.systemUTC());
  }

  /** The usual ones with another clock. */
  public static Surroundings at(Clock clock) {
    return new Surroundings(clock, ANSWER_TIMEOUT, FIRST_PAUSE, (run, beforeDeath) -> run.get());
  }

  /** A copy with another timeout for a response. */
  public Surroundings withAnswerTimeout(Duration timeout) {
    return new Surroundings(clock, timeout, firstPause, signals);
  }

  /** A copy that hardly pauses between attempts. */
  public Surroundings hasty() {
    return new Surroundings(clock, answerTimeout, Duration.ofMillis(5), signals);
  }
}
