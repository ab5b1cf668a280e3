package dev.playlistlake.io.spotify.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.api.ApiRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebApiClientTest {
  private static final String TOKEN = "BQ-s3cret-t0ken";

  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(new MapCatalog(), StandInOptions.defaults());
  private final SpotifyTransport transport =
      new SpotifyTransport(
          new HttpSettings(
              spotify.url(), spotify.url(), 2, Duration.ofSeconds(5), Duration.ofSeconds(5)));
  private final WebApiClient client =
      new WebApiClient(transport, (request, body) -> body, Clock.systemUTC());

  @AfterEach
  void close() throws IOException {
    transport.close();
    spotify.close();
  }

  @Test
  void whatLetsUsInIsNotKeptWhereItIsRepeated() {
    spotify.scriptAlways(
        "/v1/",
        Scripted.status(500, "{\"Authorization\":\"Bearer " + TOKEN + "\"}")
            .withHeader("WWW-Authenticate", "Bearer " + TOKEN));
    RawAttempt attempt = client.send(new ApiRequest.FirstAnswer("p"), TOKEN);
    assertThat(attempt.body(), is("{\"Authorization\":\"Bearer [not shown]\"}"));
    assertThat(attempt.headers().get("www-authenticate"), is("Bearer [not shown]"));
    assertThat(attempt.toString(), not(containsString(TOKEN)));
  }

  @Test
  void noAnswerHasNoStatus() {
    spotify.scriptAlways("/v1/", Scripted.reset());
    RawAttempt attempt = client.send(new ApiRequest.FirstAnswer("p"), TOKEN);
    assertThat(attempt.status(), is(nullValue()));
    assertThat(attempt.request(), is("GET /v1/playlists/p?additional_types=track%2Cepisode"));
  }
}
