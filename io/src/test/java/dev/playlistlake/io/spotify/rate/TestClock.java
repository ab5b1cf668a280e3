package dev.playlistlake.io.spotify.rate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The real time, but nobody sleeps: the clock is put forward instead. */
public final class TestClock extends Clock implements Sleeper {
  private final List<Duration> sleeps = new ArrayList<>();
  private Duration slept = Duration.ZERO;

  @Override
  public synchronized void sleep(Duration time) {
    sleeps.add(time);
    slept = slept.plus(time);
  }

  /** All that were asked for. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  public synchronized Duration slept() {
    return slept;
  }

  @Override
  public synchronized Instant instant() {
    return Instant.now().plus(slept);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
