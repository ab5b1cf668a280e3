package dev.playlistlake.model.run;

import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The time of another clock, but never before the run's start. Which attempts are a run's own is
 * told by their time, so a machine whose clock is set back must not date them before the run.
 */
public final class RunClock extends Clock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Clock clock;
  private final Instant startedAt;

  /**
   * A clock for one run.
   *
   * @param clock gives the time; a serializable one
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
