package dev.playlistlake.pipeline.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a run takes from the world around it and no flag tells; tests put other things there.
 *
 * @param clock what time it is; a serializable one
 * @param answerTimeout how long one answer may take as a whole
 * @param firstPause longest pause before the second attempt at a request
 * @param signals what Ctrl-C and SIGTERM mean meanwhile
 */
public record Surroundings(
    Clock clock, Duration answerTimeout, Duration firstPause, Signals signals) {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** Lets something go on while signals have a meaning of their own. */
  public interface Signals {
    ExitCode during(Supplier<ExitCode> run);
  }

  /** Those of the program as it is started. */
  public static Surroundings ofProcess() {
    return new Surroundings(Clock.systemUTC(), ANSWER_TIMEOUT, FIRST_PAUSE, StopSignals::during);
  }

  /** The same, but that signals keep the meaning that they have. */
  public static Surroundings usual() {
    return at(Clock.systemUTC());
  }

  /** The usual ones at another time. */
  public static Surroundings at(Clock clock) {
    return new Surroundings(clock, ANSWER_TIMEOUT, FIRST_PAUSE, Supplier::get);
  }

  /** The same of one who waits no longer than this for an answer. */
  public Surroundings withAnswerTimeout(Duration timeout) {
    return new Surroundings(clock, timeout, firstPause, signals);
  }

  /** The same of one who hardly pauses between attempts. */
  public Surroundings hasty() {
    return new Surroundings(clock, answerTimeout, Duration.ofMillis(5), signals);
  }
}
