package dev.playlistlake.io.spotify.rate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.spotify.land.SpotifyLab;
import dev.playlistlake.model.run.RateEstimate;
import dev.playlistlake.model.run.RateLimiterSnapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock may be set while a run waits. */
class SteadyClockTest {
  private static final String ID = "37i9aaaaaaaaaaaaaaaaaa";

  @BeforeAll
  static void useFolders() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  @Timeout(60)
  void aClockThatIsSetBackMakesNoRunWait(@TempDir Path lake) throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 3));
      lab.spotify.script(ID, Scripted.status(429, "{}").withHeader("Retry-After", "1"));
      lab.wall = TestClock.setBack(Duration.ofHours(3));

      lab.land(ID);

      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.clock.slept(), is(greaterThan(Duration.ofMillis(500))));
      assertThat(lab.clock.slept(), is(lessThan(Duration.ofSeconds(10))));
    }
  }

  /** A stage on another machine, whose clock is three hours behind. */
  @Test
  void whatAnotherClockMeasuredHoldsNobodyForLong() {
    Instant now = Instant.parse("2026-11-20T06:00:00Z");
    Instant latest = now.plusSeconds(60);
    RateLimiterSnapshot ahead =
        new RateLimiterSnapshot(
            now.plus(Duration.ofHours(3)), 4, RateEstimate.unknown(), null, 0, null);
    assertThat(ahead.closedAtMost(latest).closedUntil(), is(latest));
    assertThat(
        ahead.closedAtMost(latest).closedAtMost(now.plusSeconds(90)).closedUntil(), is(latest));
  }

  @Test
  void itGoesOnEvenly() {
    Clock steady = new SteadyClock();
    Instant first = steady.instant();
    assertThat(steady.instant(), is(greaterThanOrEqualTo(first)));
    assertThat(Duration.between(first, Instant.now()).abs(), is(lessThan(Duration.ofMinutes(1))));
  }
}
