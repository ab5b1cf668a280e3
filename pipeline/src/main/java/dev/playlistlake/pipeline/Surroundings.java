package dev.playlistlake.pipeline;

import java.time.Clock;
import java.time.Duration;

/**
 * What a run takes from the world around it and no flag tells; tests put other things there.
 *
 * @param clock what time it is; a serializable one
 * @param answerTimeout how long one answer may take as a whole
 */
record Surroundings(Clock clock, Duration answerTimeout) {
  static Surroundings usual() {
    return at(Clock.systemUTC());
  }

  /** The usual ones at another time. */
  static Surroundings at(Clock clock) {
    return new Surroundings(clock, Duration.ofSeconds(30));
  }
}
