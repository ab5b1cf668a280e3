package dev.playlistlake.io.sample;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScriptedTest {

  private static final String PATH = "/v1/playlists/p";

  private final MapCatalog catalog =
      new MapCatalog().put(PlaylistData.of("p", "Before", List.of()));
  private SpotifyStandIn standIn;
  private StandInClient client;

  @BeforeEach
  void start() throws Exception {
    standIn = SpotifyStandIn.start(catalog, StandInOptions.defaults());
    client = new StandInClient(standIn);
    standIn.clearLog();
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void answersComeInTurnAndThenServiceIsNormal() throws Exception {
    standIn.script(
        "playlists/p$",
        Scripted.status(429, "{\"error\":{\"status\":429}}").withHeader("Retry-After", "3"),
        Scripted.json("{}"),
        Scripted.bytes(200, new byte[] {1, 2, 3}, "application/octet-stream"),
        Scripted.status(503, ""));

    HttpResponse<String> limited = client.get(PATH);
    HttpResponse<String> empty = client.get(PATH);
    HttpResponse<byte[]> bytes =
        client.http().send(client.request(PATH).build(), BodyHandlers.ofByteArray());
    client.get(PATH);

    assertThat(limited.headers().firstValue("Retry-After").orElse(""), is("3"));
    assertThat(empty.body(), is("{}"));
    assertArrayEquals(new byte[] {1, 2, 3}, bytes.body());
    assertThat(client.json(PATH).path("name").asText(), is("Before"));
    assertThat(
        standIn.requests().stream().map(LoggedRequest::status).toList(),
        contains(429, 200, 200, 503, 200));
  }

  @Test
  void aStandingScriptHoldsUntilItIsClearedAndYieldsToTheOthers() throws Exception {
    standIn.scriptAlways(request -> request.path().equals(PATH), Scripted.status(500, "down"));
    standIn.script(PATH, Scripted.normal());

    assertThat(client.get(PATH).statusCode(), is(200));
    assertThat(client.get(PATH).statusCode(), is(500));
    assertThat(client.get(PATH).statusCode(), is(500));
    assertThat(client.get(PATH + "/tracks").statusCode(), is(200));
    standIn.clearScripts();
    assertThat(client.get(PATH).statusCode(), is(200));
  }

  @Test
  void aResetClosesTheConnectionWithoutAnAnswer() throws Exception {
    standIn.scriptAlways(PATH, Scripted.reset());

    assertThrows(IOException.class, () -> client.get(PATH));
    assertThat(standIn.requests().get(0).status(), is(0));
    standIn.clearScripts();
    assertThat(client.get(PATH).statusCode(), is(200));
  }

  @Test
  void aTruncatedAnswerPromisesMoreThanItHolds() throws Exception {
    standIn.script(PATH, Scripted.truncated());

    assertThrows(IOException.class, () -> client.get(PATH));
    assertThat(client.get(PATH).statusCode(), is(200));
    assertThat(standIn.requests().size(), is(2));
  }

  @Test
  void aStalledAnswerTimesOutAndHoldsBackNobodyElse() throws Exception {
    standIn.script(PATH, Scripted.stall(Duration.ofSeconds(30)));

    assertThrows(
        HttpTimeoutException.class,
        () ->
            client
                .http()
                .send(
                    client.request(PATH).timeout(Duration.ofMillis(200)).build(),
                    BodyHandlers.ofString()));
    assertThat(client.get(PATH).statusCode(), is(200));
    assertThat(standIn.requests().get(0).status(), is(0));
  }

  @Test
  void aDrippingAnswerIsWholeIfOneWaitsForIt() throws Exception {
    standIn.script(PATH, Scripted.drip(Duration.ofMillis(1)));

    long start = System.nanoTime();
    String body = client.get(PATH).body();
    assertThat(System.nanoTime() - start, is(greaterThan(body.length() * 1_000_000L)));
    assertThat(body, is(client.get(PATH).body()));
  }

  @Test
  void aHookRunsBeforeTheAnswerIsMade() throws Exception {
    standIn.script(
        PATH,
        Scripted.normal(),
        Scripted.normal().then(() -> catalog.edit("p", playlist -> playlist.withName("After"))));

    assertThat(client.json(PATH).path("name").asText(), is("Before"));
    assertThat(client.json(PATH).path("name").asText(), is("After"));
  }

  @Test
  void anEditRewritesTheOrdinaryBody() throws Exception {
    standIn.script(PATH, Scripted.edit(body -> body.replace("Before", "Edited")));

    assertThat(client.json(PATH).path("name").asText(), is("Edited"));
    assertThat(client.json(PATH).path("name").asText(), is("Before"));
  }

  @Test
  void tokenCallsCanBeScriptedToo() throws Exception {
    standIn.script(LoggedRequest::isToken, Scripted.status(503, "later"));

    String good = "sample-client:sample-secret";
    assertThat(client.askToken(good, "grant_type=client_credentials").statusCode(), is(503));
    assertThat(client.askToken(good, "grant_type=client_credentials").statusCode(), is(200));
  }

  @Test
  void aHookThatFailsIsAnAnswerAndNotSilence() throws Exception {
    standIn.script(
        PATH,
        Scripted.normal()
            .then(
                () -> {
                  throw new IllegalStateException("hook");
                }));

    assertThat(client.get(PATH).statusCode(), is(500));
    assertThat(client.get(PATH).statusCode(), is(not(500)));
  }
}
