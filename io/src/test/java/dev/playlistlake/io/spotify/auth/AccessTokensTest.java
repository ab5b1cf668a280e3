package dev.playlistlake.io.spotify.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.http.SpotifyTransport;
import dev.playlistlake.io.spotify.land.SpotifyLab;
import dev.playlistlake.io.spotify.rate.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signs in when, and what becomes of a refresh token that Spotify replaces. */
class AccessTokensTest {
  private static final int THREADS = 16;
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:spotify-AbCdEf";

  /** A new one each time: what this process knows of replaced tokens outlives a test. */
  private final String refreshToken = "refresh-" + UUID.randomUUID();

  private final TestClock clock = TestClock.at(Instant.parse("2026-11-20T06:00:00Z"));
  private final SignInNotices news = SignInNotices.listen(atOnce -> {});
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(
          new MapCatalog(),
          StandInOptions.defaults().withRefreshToken(refreshToken).withRotateRefreshTokens(true));
  private final SpotifyTransport transport = transport();
  private final AccountsClient client = new AccountsClient(transport);
  private final Path folder;

  AccessTokensTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() throws IOException {
    news.close();
    transport.close();
    spotify.close();
  }

  @Test
  void sixteenThreadsAreRefusedATokenAndOneGetsTheNext() throws Exception {
    AccessTokens session = session(env());
    String first = session.accessToken();
    spotify.clearLog();
    List<String> tokens =
        atOnce(
            () -> {
              session.refused(first, Duration.ZERO);
              return session.accessToken();
            });
    assertThat(tokens, everyItem(is("stand-in-token-2")));
    assertThat(spotify.requests(), hasSize(1));
  }

  @Test
  void sixteenRequestsInFlightAreRefusedAndOneTokenServesThemAll() throws Exception {
    List<String> ids = IntStream.range(0, THREADS).mapToObj(i -> SpotifyLab.id("p" + i)).toList();
    CyclicBarrier allInFlight = new CyclicBarrier(THREADS);
    Scripted expired =
        Scripted.status(401, "{\"error\":{\"status\":401}}").then(() -> await(allInFlight));
    try (SpotifyLab lab = new SpotifyLab(folder, Dialect.EXTENDED)) {
      ids.forEach(id -> lab.catalog.put(SpotifyLab.playlist(id, 1)));
      lab.spotify.script(
          "/v1/playlists/", Collections.nCopies(THREADS, expired).toArray(new Scripted[0]));
      lab.land(ids.toArray(new String[0]));
      assertThat(lab.asked(), hasSize(2 * THREADS));
      assertThat(
          lab.spotify.requests().stream().filter(LoggedRequest::isToken).toList(), hasSize(2));
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("not all requests came", e);
    }
  }

  @Test
  void sixteenThreadsAskShortlyBeforeTheEndAndOneGetsTheNext() throws Exception {
    AccessTokens session = session(env());
    session.accessToken();
    clock.move(Duration.ofHours(1).minusSeconds(61));
    assertThat(atOnce(session::accessToken), everyItem(is("stand-in-token-1")));
    clock.move(Duration.ofSeconds(2));
    spotify.clearLog();
    assertThat(atOnce(session::accessToken), everyItem(is("stand-in-token-2")));
    assertThat(spotify.requests(), hasSize(1));
  }

  @Test
  void aTokenOfAShortLifeServesHalfOfIt() throws Exception {
    spotify.scriptAlways(
        "/api/token", Scripted.json("{\"access_token\":\"short\",\"expires_in\":40}"));
    AccessTokens session = session(env());
    session.accessToken();
    clock.move(Duration.ofSeconds(19));
    session.accessToken();
    assertThat(spotify.requests(), hasSize(1));
    clock.move(Duration.ofSeconds(2));
    session.accessToken();
    assertThat(spotify.requests(), hasSize(2));
  }

  @Test
  void aReplacedTokenServesTheSessionsThatFollow() throws Exception {
    session(env()).accessToken();
    AccessTokens second = session(env());
    second.accessToken();
    clock.move(Duration.ofHours(2));
    second.accessToken();
    assertThat(statuses(), contains(200, 200, 200));
    assertThat(
        news.warnings(),
        contains(
            allOf(
                startsWith("Spotify replaced the refresh token during this run"),
                containsString("variable SPOTIFY_REFRESH_TOKEN no longer works"),
                not(containsString(refreshToken)))));
  }

  @Test
  void aReplacedTokenOfASecretIsRememberedAndSaid() throws Exception {
    session(secret()).accessToken();
    session(secret()).accessToken();
    assertThat(statuses(), contains(200, 200));
    assertThat(
        news.warnings(),
        contains(
            allOf(
                containsString("the one in the secret " + ARN + " no longer works"),
                not(containsString(refreshToken)))));
  }

  @Test
  void aReplacedTokenIsKeptInItsFile() throws Exception {
    Path file = file(folder.resolve("spotify.env"));
    session(CredentialsRef.parse("file:" + file)).accessToken();
    assertThat(Files.readString(file), is(lines(refreshToken + "-1")));
    session(CredentialsRef.parse("file:" + file)).accessToken();
    assertThat(Files.readString(file), is(lines(refreshToken + "-2")));
    assertThat(statuses(), contains(200, 200));
    assertThat(news.warnings(), is(empty()));
  }

  @Test
  void aFileThatCannotBeRewrittenDoesNotEndTheRun() throws Exception {
    Path file = file(folder.resolve("x".repeat(255)));
    session(CredentialsRef.parse("file:" + file)).accessToken();
    session(CredentialsRef.parse("file:" + file)).accessToken();
    assertThat(statuses(), contains(200, 200));
    assertThat(Files.readString(file), is(lines(refreshToken)));
    assertThat(
        news.warnings(),
        contains(
            allOf(
                containsString("the one in " + file + " no longer works, and the file could not"),
                not(containsString(refreshToken)))));
  }

  @Test
  void aTokenThatIsNotReplacedIsNotTouched() throws Exception {
    spotify.scriptAlways("/api/token", Scripted.json("{\"access_token\":\"t\"}"));
    Path file = file(folder.resolve("spotify.env"));
    session(CredentialsRef.parse("file:" + file)).accessToken();
    assertThat(Files.readString(file), is(lines(refreshToken)));
    assertThat(news.warnings(), is(empty()));
  }

  @Test
  void aRefusalIsFinalAndTouchesNothing() throws Exception {
    spotify.revokeRefreshToken();
    Path file = file(folder.resolve("spotify.env"));
    AccessTokens session = session(CredentialsRef.parse("file:" + file));
    for (int i = 0; i < 3; i++) {
      SignInException e = assertThrows(SignInException.class, session::accessToken);
      assertThat(e.code(), is("invalid_grant"));
    }
    assertThat(spotify.requests(), hasSize(1));
    assertThat(Files.readString(file), is(lines(refreshToken)));
  }

  @Test
  void aStoreThatDoesNotAnswerIsAskedAgain() throws Exception {
    List<String> asked = new ArrayList<>();
    SecretStore secrets =
        name -> {
          asked.add(name);
          if (asked.size() == 1) {
            throw new IOException("no answer");
          }
          return lines(refreshToken);
        };
    AccessTokens session =
        new AccessTokens(client, secret(), clock, clock, unused -> null, secrets);
    assertThrows(IOException.class, session::accessToken);
    assertThat(session.accessToken(), is("stand-in-token-1"));
    assertThat(asked, contains(ARN, ARN));
  }

  /** As login leaves it: no secret, and renewed by the client id. */
  @ParameterizedTest
  @ValueSource(strings = {"", "SPOTIFY_CLIENT_SECRET=of-another-app\n"})
  void aTokenFromLoginIsRenewedWithoutASecret(String secretLine) throws Exception {
    spotify.grantByPkce(refreshToken);
    String held = fromLogin("2026-11-20") + secretLine;
    Path file = file(folder.resolve("spotify.env"), held);
    session(CredentialsRef.parse("file:" + file)).accessToken();
    assertThat(statuses(), contains(200));
    assertThat(Files.readString(file), is(held.replace(refreshToken, refreshToken + "-1")));
    session(CredentialsRef.parse("file:" + file)).accessToken();
    assertThat(statuses(), contains(200, 200));
    assertThat(Files.readString(file), is(held.replace(refreshToken, refreshToken + "-2")));
    assertThat(news.warnings(), is(empty()));
  }

  /** With a secret or without one: the line with the day tells, and must be true. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | SPOTIFY_CLIENT_SECRET=sample-secret                                  | true",
        "false | ''                                                                   | false",
        "false | SPOTIFY_CLIENT_SECRET=sample-secret;SPOTIFY_AUTHORIZED_ON=2026-11-20 | false",
        "true  | SPOTIFY_CLIENT_SECRET=sample-secret;SPOTIFY_AUTHORIZED_ON=2026-11-20 | true",
        "true  | ''                                                                   | true",
        "true  | SPOTIFY_CLIENT_SECRET=sample-secret                                  | false",
      })
  void aTokenIsRenewedAsItWasGotOrNotAtAll(boolean byPkce, String more, boolean renewed)
      throws Exception {
    if (byPkce) {
      spotify.grantByPkce(refreshToken);
    }
    String held =
        "SPOTIFY_CLIENT_ID=sample-client\nSPOTIFY_REFRESH_TOKEN=%s\n%s"
            .formatted(refreshToken, more.replace(';', '\n'));
    Path file = file(folder.resolve("spotify.env"), held);
    AccessTokens session = session(CredentialsRef.parse("file:" + file));
    if (renewed) {
      assertThat(session.accessToken(), is("stand-in-token-1"));
    } else {
      SignInException e = assertThrows(SignInException.class, session::accessToken);
      assertThat(e.code(), is("invalid_client"));
      assertThat(Files.readString(file), is(held));
    }
  }

  /** The day of the clock is 2026-11-20. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-06-21 | ''",
        "2026-06-20 | ends on 2026-12-20, six months",
        "2026-05-21 | ends on 2026-11-21, six months",
        "2026-05-20 | ended on 2026-11-20, six months",
        "2026-01-31 | ended on 2026-07-31, six months",
        "2027-01-01 | ''",
        "soon       | is no date like 2026-11-20",
        "2026-13-01 | is no date like 2026-11-20",
        "+999999999-12-31 | is no date like 2026-11-20",
      })
  void theEndOfATokenIsToldAMonthBefore(String day, String warning) throws Exception {
    spotify.grantByPkce(refreshToken);
    Path file = file(folder.resolve("spotify.env"), fromLogin(day));
    Map<String, String> environment =
        Map.of(
            "SPOTIFY_CLIENT_ID", "sample-client",
            "SPOTIFY_REFRESH_TOKEN", refreshToken,
            "SPOTIFY_AUTHORIZED_ON", day);
    for (CredentialsRef reference :
        List.of(CredentialsRef.parse("file:" + file), env(), secret())) {
      try (SignInNotices told = SignInNotices.listen(atOnce -> {})) {
        AccessTokens session =
            new AccessTokens(
                client, reference, clock, clock, environment::get, name -> fromLogin(day));
        session.accessToken();
        clock.move(Duration.ofHours(2));
        session.accessToken();
        List<String> said =
            told.warnings().stream().filter(one -> !one.contains("replaced")).toList();
        if (warning.isEmpty()) {
          assertThat(said, is(empty()));
        } else {
          assertThat(
              said, contains(allOf(containsString(reference.where()), containsString(warning))));
          assertThat(
              warning.startsWith("is") || said.get(0).contains(reference.howToAuthorise()),
              is(true));
        }
        clock.move(Duration.ofHours(-2));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2026-05-19, true", "2026-06-30, false", "soon, false"})
  void aRefusalSaysWhereTheTimeIsOver(String day, boolean over) throws Exception {
    spotify.revokeRefreshToken();
    Path file = file(folder.resolve("spotify.env"), fromLogin(day));
    AccessTokens session = session(CredentialsRef.parse("file:" + file));
    SignInException e = assertThrows(SignInException.class, session::accessToken);
    assertThat(e.code(), is("invalid_grant"));
    assertThat(
        e.getMessage(),
        over
            ? endsWith("; the user agreed on 2026-05-19, six months later is 2026-11-19")
            : not(containsString("the user agreed on")));
    assertThat(news.warnings(), is(empty()));
  }

  /** Said once, and only if Spotify says what the token may do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "me    | playlist-modify-private                           | playlist-read-collaborative and playlist-read-private",
        "me    | playlist-read-private                             | playlist-read-collaborative",
        "me    | ''                                                | playlist-read-private",
        "me    | playlist-read-private playlist-read-collaborative | -",
        "me    | -                                                 | -",
        "liked | playlist-read-private                             | user-library-read",
        "liked | user-library-read                                 | -",
        "ids   | user-library-read                                 | playlist-read-private",
        "ids   | playlist-read-private                             | -",
        "ids   | -                                                 | -",
      })
  void whatTheTokenMayNotReadIsSaid(String list, String scope, String missing) throws Exception {
    spotify.scriptAlways(
        "/api/token",
        Scripted.json(
            "{\"access_token\":\"t\""
                + (scope.equals("-") ? "" : ",\"scope\":\"" + scope + "\"")
                + "}"));
    List<String> atOnce = new ArrayList<>();
    try (SignInNotices told = SignInNotices.listen(atOnce::add)) {
      Path file = file(folder.resolve("spotify.env"), fromLogin("2026-11-01"));
      AccessTokens session = session(CredentialsRef.parse("file:" + file));
      if (!list.equals("ids")) {
        session.requireUser(Scopes.needed(list.equals("me"), list.equals("liked")));
      }
      session.accessToken();
      assertThat(list.equals("ids") && !atOnce.isEmpty(), is(false));
      if (list.equals("ids")) {
        session.playlistRefused();
        session.playlistRefused();
      }
      if (missing.equals("-")) {
        assertThat(atOnce, is(empty()));
      } else {
        assertThat(
            atOnce,
            contains(
                allOf(
                    containsString(missing),
                    containsString("Run login --credentials=file:" + file))));
      }
      assertThat(told.warnings(), is(empty()));
    }
  }

  @Test
  void anAppsTokenNeedsNoScope() throws Exception {
    spotify.scriptAlways("/api/token", Scripted.json("{\"access_token\":\"t\",\"scope\":\"\"}"));
    List<String> atOnce = new ArrayList<>();
    try (SignInNotices told = SignInNotices.listen(atOnce::add)) {
      Path file =
          file(
              folder.resolve("app.env"),
              "SPOTIFY_CLIENT_ID=sample-client\nSPOTIFY_CLIENT_SECRET=sample-secret\n");
      AccessTokens session = session(CredentialsRef.parse("file:" + file));
      session.accessToken();
      session.playlistRefused();
      assertThat(atOnce, is(empty()));
      assertThat(told.warnings(), is(empty()));
    }
  }

  private String fromLogin(String day) {
    return "SPOTIFY_CLIENT_ID=sample-client\nSPOTIFY_REFRESH_TOKEN="
        + refreshToken
        + "\nSPOTIFY_AUTHORIZED_ON="
        + day
        + "\n";
  }

  private static CredentialsRef env() {
    return CredentialsRef.parse("env");
  }

  private static CredentialsRef secret() {
    return CredentialsRef.parse("secretsmanager:" + ARN);
  }

  private static Path file(Path path, String text) throws IOException {
    return CredentialsRefTest.ownersOnly(Files.writeString(path, text));
  }

  private Path file(Path path) throws IOException {
    return file(path, lines(refreshToken));
  }

  private static String lines(String token) {
    return "SPOTIFY_CLIENT_ID=sample-client\nSPOTIFY_CLIENT_SECRET=sample-secret\n"
        + ("SPOTIFY_REFRESH_TOKEN=" + token + "\n");
  }

  private AccessTokens session(CredentialsRef reference) {
    Map<String, String> environment =
        Map.of(
            "SPOTIFY_CLIENT_ID", "sample-client",
            "SPOTIFY_CLIENT_SECRET", "sample-secret",
            "SPOTIFY_REFRESH_TOKEN", refreshToken);
    return new AccessTokens(
        client, reference, clock, clock, environment::get, name -> lines(refreshToken));
  }

  private SpotifyTransport transport() {
    return new SpotifyTransport(
        new HttpSettings(
            spotify.url(), spotify.url(), THREADS, Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }

  private List<Integer> statuses() {
    return spotify.requests().stream().map(LoggedRequest::status).toList();
  }

  private interface Ask {
    String ask() throws Exception;
  }

  /** What as many threads get that ask in the same moment. */
  private static List<String> atOnce(Ask ask) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier barrier = new CyclicBarrier(THREADS);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        answers.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return ask.ask();
                }));
      }
      List<String> tokens = new ArrayList<>();
      for (Future<String> answer : answers) {
        tokens.add(answer.get());
      }
      return tokens;
    } finally {
      threads.shutdownNow();
    }
  }
}
