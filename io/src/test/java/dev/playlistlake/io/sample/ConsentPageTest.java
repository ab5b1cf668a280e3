package dev.playlistlake.io.sample;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the stand-in asks a user and gives tokens for the answer: as strictly as Spotify does. */
class ConsentPageTest {
  /** The example of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String REDIRECT = "http://127.0.0.1:5/callback";

  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(
          new MapCatalog(), StandInOptions.defaults().withRotateRefreshTokens(true));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    spotify.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id             | other                            | Invalid client",
        "response_type         | token                            | response_type must be code",
        "redirect_uri          | http://localhost:5/callback      | Invalid redirect URI",
        "redirect_uri          | https://127.0.0.1:5/callback     | Invalid redirect URI",
        "redirect_uri          | http://127.0.0.1:5/elsewhere     | Invalid redirect URI",
        "redirect_uri          | http://10.0.0.1/callback         | Invalid redirect URI",
        "scope                 | playlist-modify-public           | Invalid scope",
        "state                 |                                  | state is missing",
        "code_challenge_method | plain                            | must be S256",
        "code_challenge        | short                            | must be a SHA-256",
      })
  void whatSpotifyRefusesToAsk(String name, @Nullable String value, String problem)
      throws Exception {
    Map<String, String> asked = asked();
    if (value == null) {
      asked.remove(name);
    } else {
      asked.put(name, value);
    }
    HttpResponse<String> page = get("/authorize?" + query(asked), "");
    assertThat(page.statusCode(), is(400));
    assertThat(page.body(), allOf(containsString(problem), not(containsString("<button"))));
    assertThat(press(asked, "agree").headers().firstValue("location").isPresent(), is(false));
  }

  @Test
  void aCodeIsGoodOnceAndItsTokenIsAUsers() throws Exception {
    String code = code();
    HttpResponse<String> granted = turnIn(code, VERIFIER, REDIRECT);
    assertThat(granted.body(), granted.statusCode(), is(200));
    assertThat(turnIn(code, VERIFIER, REDIRECT).body(), containsString("invalid_grant"));

    JsonNode tokens = new ObjectMapper().readTree(granted.body());
    assertThat(
        tokens.path("scope").asText(), is("playlist-read-collaborative playlist-read-private"));
    HttpResponse<String> me = get("/v1/me", "Bearer " + tokens.path("access_token").asText());
    assertThat(me.body(), containsString("\"display_name\":\"Sample User\""));

    String form = "grant_type=refresh_token&refresh_token=" + tokens.path("refresh_token").asText();
    StandInClient withSecret = new StandInClient(spotify);
    assertThat(
        "one that PKCE gave is not renewed with a secret",
        withSecret.askToken("sample-client:sample-secret", form).body(),
        containsString("invalid_client"));
    HttpResponse<String> renewed = ask(form + "&client_id=sample-client");
    assertThat(renewed.body(), containsString("\"refresh_token\":\"stand-in-refresh-"));
    assertThat(ask(form + "&client_id=sample-client").body(), containsString("invalid_grant"));
    assertThat(withSecret.get("/v1/me").statusCode(), is(401));
  }

  @ParameterizedTest
  @CsvSource({
    "playlist-read-collaborative, 403, 403",
    "playlist-read-private, 200, 403",
    "user-library-read, 403, 200"
  })
  void aUsersOwnIsReadWithItsScopeOnly(String scope, int playlists, int liked) throws Exception {
    Map<String, String> asked = asked();
    asked.put("scope", scope);
    String location = press(asked, "agree").headers().firstValue("location").orElse("");
    String code = location.replaceAll(".*code=([^&]*).*", "$1");
    JsonNode tokens = new ObjectMapper().readTree(turnIn(code, VERIFIER, REDIRECT).body());
    String authorization = "Bearer " + tokens.path("access_token").asText();
    assertThat(get("/v1/me/playlists", authorization).statusCode(), is(playlists));
    assertThat(get("/v1/me/tracks", authorization).statusCode(), is(liked));
    assertThat(get("/v1/me", authorization).statusCode(), is(200));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other-verifier | http://127.0.0.1:5/callback | code_verifier was incorrect",
        VERIFIER + "    | http://127.0.0.1:6/callback | Invalid redirect URI",
      })
  void aCodeIsNoGoodToOthersAndGoneAfterThat(String verifier, String redirect, String said)
      throws Exception {
    String code = code();
    assertThat(turnIn(code, verifier, redirect).body(), containsString(said));
    assertThat(turnIn(code, VERIFIER, REDIRECT).body(), containsString("invalid_grant"));
  }

  @Test
  void whoCancelsSendsNoCode() throws Exception {
    String location = press(asked(), "cancel").headers().firstValue("location").orElse("");
    assertThat(location, is(REDIRECT + "?error=access_denied&state=a%26b"));
  }

  private String code() throws IOException, InterruptedException {
    HttpResponse<String> page = get("/authorize?" + query(asked()), "");
    assertThat(
        page.body(),
        allOf(containsString("<button id=\"agree\""), containsString("<button id=\"cancel\"")));
    String location = press(asked(), "agree").headers().firstValue("location").orElse("");
    assertThat(location, startsWith(REDIRECT + "?code="));
    return location.replaceAll(".*code=([^&]*).*", "$1");
  }

  private static Map<String, String> asked() {
    return new TreeMap<>(
        Map.of(
            "client_id",
            "sample-client",
            "response_type",
            "code",
            "redirect_uri",
            REDIRECT,
            "scope",
            "playlist-read-private+playlist-read-collaborative",
            "state",
            "a%26b",
            "code_challenge_method",
            "S256",
            "code_challenge",
            CHALLENGE));
  }

  private static String query(Map<String, String> asked) {
    return asked.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> press(Map<String, String> asked, String button)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(spotify.url().resolve("/authorize?" + query(asked)))
            .POST(HttpRequest.BodyPublishers.ofString("decision=" + button))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> turnIn(String code, String verifier, String redirect)
      throws IOException, InterruptedException {
    return ask(
        "grant_type=authorization_code&client_id=sample-client&code=%s&code_verifier=%s&redirect_uri=%s"
            .formatted(code, verifier, redirect));
  }

  /** Without a header that proves anything. */
  private HttpResponse<String> ask(String form) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(spotify.url().resolve("/api/token"))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(spotify.url().resolve(path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
