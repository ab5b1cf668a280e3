package dev.playlistlake.model.run;

import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The time of another clock, but never before the run's start. A run recognises its own attempts by
 * their time, so a machine with its clock set back must not date them before the run.
 */
public final class RunClock extends Clock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Clock clock;
  private final Instant startedAt;

  /**
   * A clock for one run.
   *
   * @param clock the source of the time; must be serializable
   * @param startedAt of the run
   */
  public RunClock(Clock clock, Instant startedAt) {
    this.clock = clock;
    this.startedAt = startedAt;
  }

  @Override
  public Instant instant() {
    Instant now = clock.instant();
    return now.isBefore(startedAt) ? startedAt : now;
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new RunClock(clock.withZone(zone), startedAt);
  }
}
