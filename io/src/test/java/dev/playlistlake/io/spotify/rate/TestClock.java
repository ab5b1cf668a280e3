package dev.playlistlake.io.spotify.rate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock by which nobody sleeps: it is put forward instead. */
public final class TestClock extends Clock implements Sleeper {
  private final InstantSource base;
  private final Duration setBack;
  private final List<Duration> sleeps = new ArrayList<>();
  private Duration moved = Duration.ZERO;

  private TestClock(InstantSource base, Duration setBack) {
    this.base = base;
    this.setBack = setBack;
  }

  /** The real time. */
  public static TestClock real() {
    return new TestClock(InstantSource.system(), Duration.ZERO);
  }

  /** Stands still until it is moved. */
  public static TestClock at(Instant start) {
    return new TestClock(() -> start, Duration.ZERO);
  }

  /** The real time, set back with every look at it. */
  static TestClock setBack(Duration by) {
    return new TestClock(InstantSource.system(), by);
  }

  @Override
  public synchronized void sleep(Duration time) {
    sleeps.add(time);
    move(time);
  }

  public synchronized void move(Duration by) {
    moved = moved.plus(by);
  }

  /** All that were asked for. */
  public synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  public synchronized Duration slept() {
    return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public synchronized Instant instant() {
    moved = moved.minus(setBack);
    return base.instant().plus(moved);
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
