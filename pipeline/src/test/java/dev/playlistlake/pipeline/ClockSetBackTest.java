package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose clock is set back during a run counts its requests all the same. */
class ClockSetBackTest {
  private static final AtomicReference<Duration> SET_BACK = new AtomicReference<>(Duration.ZERO);

  /** The machine's clock; travels to the step that fetches. */
  private static final class SettableClock extends Clock implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().minus(SET_BACK.get());
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

  @Test
  void countsEveryRequestAndEndsAfterItsStart(@TempDir Path folder) throws Exception {
    SET_BACK.set(Duration.ZERO);
    GeneratedCatalog catalog = GeneratedCatalog.of(7, 3, 250, 60);
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      spotify.script(
          "/v1/playlists/", Scripted.normal().then(() -> SET_BACK.set(Duration.ofHours(3))));
      JobRun run =
          JobRun.byClock(
              new SettableClock(),
              spotify,
              folder,
              "--playlists=" + String.join(",", catalog.playlistIds()));
      assertThat(run.err(), run.exitCode(), is(0));
      JsonNode row = run.row();
      assertThat(row.get("requests").asInt(), is(spotify.apiRequests()));
      assertThat(row.get("requests").asInt(), is(greaterThan(6)));
      assertThat(
          Instant.parse(row.get("finished_at").asText())
              .isBefore(Instant.parse(row.get("started_at").asText())),
          is(false));
    } finally {
      SET_BACK.set(Duration.ZERO);
    }
  }
}
