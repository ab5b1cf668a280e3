package dev.playlistlake.io.spotify.rate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Runs steadily whatever happens to the machine's clock, and so measures waits. It was right when
 * the process started; stored times come from the machine's clock.
 */
public final class SteadyClock extends Clock {
  private static final Instant START = Clock.systemUTC().instant();
  private static final long START_NANOS = System.nanoTime();

  @Override
  public Instant instant() {
    return START.plus(Duration.ofNanos(System.nanoTime() - START_NANOS));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return fixed(instant(), zone);
  }
}
