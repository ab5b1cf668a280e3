package dev.playlistlake.io.spotify.login;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.auth.LoginGrant;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in against the stand-in; a plain client over real sockets plays the browser. */
class LoginTest {
  private static final Clock NIGHT =
      Clock.fixed(Instant.parse("2026-11-20T23:59:59Z"), ZoneOffset.UTC);

  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(new MapCatalog(), StandInOptions.defaults());
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final List<String> news = Collections.synchronizedList(new ArrayList<>());
  private final List<LoginGrant> kept = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    spotify.close();
  }

  @Test
  void whoAgreesIsSignedInAndTheGrantIsKeptOnce() throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      HttpResponse<String> page = get(answer(login, "agree"));

      assertThat(words.get(), is("Signed in as Sample User (sample-user)."));
      assertThat(page.statusCode(), is(200));
      assertThat(page.body(), containsString("<p>Signed in as Sample User (sample-user). You may"));
      assertThat(page.headers().firstValue("referrer-policy").orElse(""), is("no-referrer"));
      assertThat(page.headers().firstValue("cache-control").orElse(""), is("no-store"));
      assertThat(kept, hasSize(1));
      assertThat(
          kept.get(0).exports(),
          contains(
              is("export SPOTIFY_CLIENT_ID='sample-client'"),
              startsWith("export SPOTIFY_REFRESH_TOKEN='stand-in-refresh-"),
              is("export SPOTIFY_AUTHORIZED_ON='2026-11-20'")));
      assertThat(kept.get(0).toString(), is("Grant(not shown)"));
      assertThat(
          asked(), contains("/authorize 200", "/authorize 303", "/api/token 200", "/v1/me 200"));
      assertThat(news, is(empty()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, playlist-read-private playlist-read-collaborative",
    "true,  playlist-read-private playlist-read-collaborative user-library-read"
  })
  void asksForNoMoreThanItNeeds(boolean liked, String scopes) throws Exception {
    try (Login login = begin("sample-client", 0, liked)) {
      String address = URLDecoder.decode(login.address().toString(), StandardCharsets.UTF_8);
      assertThat(
          address,
          allOf(
              startsWith(spotify.url() + "/authorize?"),
              containsString("scope=" + scopes + "&"),
              containsString("code_challenge_method=S256"),
              containsString("redirect_uri=http://127.0.0.1:")));
    }
  }

  @Test
  void whoCancelsIsNotSignedInAndNothingIsTurnedIn() throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      HttpResponse<String> page = get(answer(login, "cancel"));

      assertThat(failure(words), startsWith("The user did not agree (access_denied)."));
      assertThat(page.body(), containsString("<h1>Not signed in</h1>"));
      assertThat(page.body(), containsString("did not agree"));
      assertThat(kept, is(empty()));
      assertThat(tokenRequests(), is(0));
    }
  }

  @Test
  void anErrorIsNotRepeated() throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      HttpResponse<String> page =
          get(callback(login, "error=<script>x</script>&state=" + state(login)));
      assertThat(failure(words), startsWith("Spotify refused to ask the user."));
      assertThat(page.body(), not(containsString("script")));
    }
  }

  /** Wrong, missing, twice, empty: each is told, none ends the waiting. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=c&state=foreign",
        "code=c",
        "",
        "code=c&state=",
        "code=c&state=%00%FF",
        "error=access_denied&state=foreign",
        "code=c&state=STATE&state=STATE",
        "code=c&state=STATEx"
      })
  void aForeignStateIsRefusedAndTheRightOneStillAwaited(String query) throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      HttpResponse<String> refused = get(callback(login, query.replace("STATE", state(login))));
      assertThat(refused.statusCode(), is(400));
      assertThat(refused.body(), containsString("foreign state"));
      assertThat(words.isDone(), is(false));
      assertThat(news, contains(startsWith("Refused an answer with a foreign state")));
      assertThat(tokenRequests(), is(0));

      get(answer(login, "agree"));
      assertThat(words.get(), startsWith("Signed in as"));
      assertThat(tokenRequests(), is(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&code=c&error=access_denied", "&cod=c"})
  void neitherYesNorNoIsNoAnswer(String query) throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      assertThat(get(callback(login, "state=" + state(login) + query)).statusCode(), is(400));
      assertThat(words.isDone(), is(false));
      assertThat(news, contains(startsWith("Refused an answer that is neither a yes nor a no")));
    }
  }

  /** While the first one is being turned in, and afterwards. */
  @Test
  void theSecondCallOfTheSameAnswerTurnsNothingIn() throws Exception {
    CountDownLatch beingTurnedIn = new CountDownLatch(1);
    CountDownLatch secondAnswered = new CountDownLatch(1);
    spotify.script(
        "/api/token",
        Scripted.normal()
            .then(
                () -> {
                  beingTurnedIn.countDown();
                  awaitLatch(secondAnswered);
                }));
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      URI callback = answer(login, "agree");
      CompletableFuture<HttpResponse<String>> first =
          http.sendAsync(HttpRequest.newBuilder(callback).build(), BodyHandlers.ofString());
      awaitLatch(beingTurnedIn);
      HttpResponse<String> second = get(callback);
      secondAnswered.countDown();
      HttpResponse<String> third = get(answer(login, "agree"));

      assertThat(words.get(), startsWith("Signed in as"));
      assertThat(first.get().body(), containsString("<h1>Signed in</h1>"));
      for (HttpResponse<String> page : List.of(second, third, get(callback))) {
        assertThat(page.statusCode(), is(409));
        assertThat(page.body(), containsString("<h1>Answered already</h1>"));
      }
      assertThat(tokenRequests(), is(1));
      assertThat(kept, hasSize(1));
    }
  }

  @Test
  void otherPathsAndMethodsAreNotAnswers() throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      String good = "code=c&state=" + state(login);
      assertThat(get(login.redirectUri().resolve("/?" + good)).statusCode(), is(404));
      assertThat(get(login.redirectUri().resolve("/callback/x?" + good)).statusCode(), is(404));
      for (String method : List.of("POST", "HEAD", "PUT", "OPTIONS")) {
        HttpResponse<String> page =
            http.send(
                HttpRequest.newBuilder(callback(login, good))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString());
        assertThat(method, page.statusCode(), is(405));
        assertThat(page.headers().firstValue("allow").orElse(""), is("GET"));
      }
      assertThat(words.isDone(), is(false));
    }
  }

  @Test
  void listensOnTheLoopbackAlone() throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      int port = login.redirectUri().getPort();
      // Another address of this machine: a server on all of them would stand in the way.
      try (ServerSocket other =
          new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))) {
        assertThat(other.getLocalPort(), is(port));
      }
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThrows(
          BindException.class, () -> begin("sample-client", taken.getLocalPort(), false).close());
    }
  }

  @Test
  void nobodyAnswersInTime() throws Exception {
    try (Login login =
        Login.begin(settings("sample-client", 0, false, Duration.ofMillis(200)), news::add)) {
      assertThat(
          failure(await(login)),
          allOf(
              startsWith("No answer came within 0 seconds."),
              containsString("give --port= the port that it is registered with")));

      HttpResponse<String> late =
          http.send(
              HttpRequest.newBuilder(answer(login, "agree"))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              BodyHandlers.ofString());
      assertThat(late.statusCode(), is(410));
      assertThat(late.body(), containsString("<h1>Too late</h1>"));
      assertThat(kept, is(empty()));
      assertThat(tokenRequests(), is(0));
      assertThat(news, is(empty()));
    }
  }

  /** The stand-in gave it to somebody else's question: the verifier does not fit. */
  @Test
  void aCodeOfAnotherQuestionIsRefused() throws Exception {
    try (Login mine = begin("sample-client", 0, false);
        Login other = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(mine);
      String code = query(answer(other, "agree"), "code");
      HttpResponse<String> page = get(callback(mine, "code=" + code + "&state=" + state(mine)));
      assertThat(
          failure(words),
          startsWith("The user agreed, but Spotify's accounts service answered invalid_grant."));
      assertThat(page.body(), containsString("<h1>Not signed in</h1>"));
      assertThat(page.body(), not(containsString(code)));
      assertThat(kept, is(empty()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {'error':'invalid_client','error_description':'SECRET'}     | answered invalid_client",
        "500 | SECRET                                                      | did not get a token",
        "200 | {'access_token':'SECRET'}                                   | did not get a token",
        "200 | {'access_token':'SECRET','refresh_token':'a b'}             | did not get a token",
        "200 | SECRET                                                      | did not get a token",
      })
  void anExchangeThatFailsKeepsNothing(int status, String body, String said) throws Exception {
    spotify.scriptAlways("/api/token", Scripted.status(status, body.replace('\'', '"')));
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      HttpResponse<String> page = get(answer(login, "agree"));
      assertThat(failure(words), containsString(said));
      assertThat(failure(words) + page.body(), not(containsString("SECRET")));
      assertThat(kept, is(empty()));
      assertThat(tokenRequests(), is(1));
    }
  }

  /** The token is good, and kept, whatever the Web API says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | {'error':{'status':403}}                    | must be on the app's list",
        "500 | x                                           | Spotify did not tell (status 500)",
        "200 | x                                           | Who it is Spotify did not tell.",
        "200 | {'id':'u','display_name':null}              | Signed in as u.",
        "200 | {'id':'u','display_name':'<b>A&B</b>'}      | Signed in as <b>A&B</b> (u).",
      })
  void whoItIsIsAskedOnce(int status, String body, String said) throws Exception {
    spotify.scriptAlways("/v1/me", Scripted.status(status, body.replace('\'', '"')));
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words = await(login);
      HttpResponse<String> page = get(answer(login, "agree"));
      assertThat(words.get(), containsString(said));
      assertThat(page.body(), not(containsString("<b>")));
      assertThat(kept, hasSize(1));
      assertThat(spotify.apiRequests(), is(1));
    }
  }

  @Test
  void whereTheGrantCannotBeKeptTheBrowserSaysSo() throws Exception {
    try (Login login = begin("sample-client", 0, false)) {
      CompletableFuture<String> words =
          run(
              () ->
                  login.await(
                      grant -> {
                        throw new IOException("disk full");
                      }));
      HttpResponse<String> page = get(answer(login, "agree"));
      ExecutionException e = assertThrows(ExecutionException.class, words::get);
      assertThat(String.valueOf(e.getCause()), containsString("disk full"));
      assertThat(page.body(), containsString("could not store the token"));
    }
  }

  /** The example of RFC 7636, appendix B. */
  @Test
  void theChallengeIsTheOneOfTheStandard() {
    Pkce pkce = new Pkce("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assertThat(pkce.challenge(), is("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    assertThat(pkce.toString(), is("Pkce(not shown)"));
    assertThat(Pkce.random().verifier().matches("[A-Za-z0-9_-]{43,128}"), is(true));
    assertThat(Pkce.random().verifier(), is(not(Pkce.random().verifier())));
  }

  @ParameterizedTest
  @CsvSource({
    "0f3c9a, true",
    "sample-client, true",
    "'', false",
    "a b, false",
    "a'b, false",
    "$(x), false"
  })
  void whatMayBeAClientId(String text, boolean isOne) {
    assertThat(Login.isClientId(text), is(isOne));
  }

  private Login begin(String clientId, int port, boolean liked) throws IOException {
    return Login.begin(settings(clientId, port, liked, Duration.ofSeconds(30)), news::add);
  }

  private LoginSettings settings(String clientId, int port, boolean liked, Duration timeout) {
    return new LoginSettings(
        spotify.url(), spotify.url(), clientId, port, liked, timeout, Duration.ZERO, NIGHT);
  }

  private interface Waiting {
    String words() throws LoginException, IOException, InterruptedException;
  }

  private CompletableFuture<String> await(Login login) {
    return run(() -> login.await(kept::add));
  }

  private static CompletableFuture<String> run(Waiting waiting) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return waiting.words();
          } catch (LoginException | IOException | InterruptedException e) {
            throw new CompletionException(e);
          }
        });
  }

  private static String failure(CompletableFuture<String> words) {
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> words.get(10, TimeUnit.SECONDS));
    if (e.getCause() instanceof LoginException failure) {
      return failure.words();
    }
    throw new AssertionError("another failure", e);
  }

  /** What a browser is sent to that opens the address and presses a button. */
  private URI answer(Login login, String button) throws IOException, InterruptedException {
    HttpResponse<String> consent = get(login.address());
    assertThat(consent.body(), consent.statusCode(), is(200));
    HttpResponse<String> pressed =
        http.send(
            HttpRequest.newBuilder(login.address())
                .POST(HttpRequest.BodyPublishers.ofString("decision=" + button))
                .build(),
            BodyHandlers.ofString());
    return URI.create(pressed.headers().firstValue("location").orElseThrow());
  }

  private static URI callback(Login login, String query) {
    return URI.create(login.redirectUri() + "?" + query.replace("<", "%3C").replace(">", "%3E"));
  }

  private static String state(Login login) {
    return query(login.address(), "state");
  }

  private static String query(URI uri, String name) {
    for (String pair : uri.getRawQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new AssertionError("no " + name + " in " + uri);
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private List<String> asked() {
    return spotify.requests().stream()
        .map(request -> request.path() + " " + request.status())
        .toList();
  }

  private int tokenRequests() {
    return (int) spotify.requests().stream().filter(LoggedRequest::isToken).count();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS), is(true));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
