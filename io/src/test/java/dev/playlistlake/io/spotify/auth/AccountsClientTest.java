package dev.playlistlake.io.spotify.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.http.SpotifyTransport;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsClientTest {
  private static final Credentials CREDENTIALS =
      new Credentials("sample-client", "sample-secret", null, null);

  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(new MapCatalog(), StandInOptions.defaults());
  private final SpotifyTransport transport =
      new SpotifyTransport(
          new HttpSettings(
              spotify.url(), spotify.url(), 2, Duration.ofSeconds(5), Duration.ofSeconds(5)));
  private final AccountsClient client = new AccountsClient(transport);

  @AfterEach
  void close() throws IOException {
    transport.close();
    spotify.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {'error':'invalid_grant'}                        | invalid_grant",
        "400 | {'error':'unauthorized_client'}                  | unauthorized_client",
        "400 | {'error':'invalid_client','error_description':'it was sample-secret'} | invalid_client",
        "401 | {'error':'invalid_client'}                       | invalid_client",
        "403 | {'error':'access_denied'}                        | access_denied",
      })
  void aRefusalHasACodeAndNoWordsOfOthers(int status, String body, String code) {
    spotify.scriptAlways("/api/token", Scripted.status(status, body.replace('\'', '"')));
    SignInException e = assertThrows(SignInException.class, () -> client.signIn(CREDENTIALS, null));
    assertThat(e.code(), is(code));
    assertThat(e.toString(), not(containsString("sample-secret")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | ''",
        "200 | []",
        "200 | <html></html>",
        "200 | {'access_token':7}",
        "200 | {'access_token':''}",
        "200 | {'access_token':'a b'}",
        "302 | {}",
        "429 | {'error':'sample-secret'}",
        "503 | sample-secret",
        "401 | {'error':'the secret was sample-secret'}",
        "400 | {'error':{'status':400,'message':'sample-secret'}}",
        "400 | {'error':'server_error','error_description':'sample-secret'}",
        "400 | {'error':'temporarily_unavailable'}",
        "403 | sample-secret is blocked",
        "403 | <html>sample-secret</html>",
        "404 | ''",
        "407 | {'error':'invalid_client'}",
        "408 | {'error':'invalid_grant'}",
        "500 | {'error':'invalid_grant'}",
        "200 | {'error':'invalid_grant'}",
      })
  void anAnswerWithoutSenseIsWorthAnotherTry(int status, String body) {
    spotify.scriptAlways("/api/token", Scripted.status(status, body.replace('\'', '"')));
    IOException e = assertThrows(IOException.class, () -> client.signIn(CREDENTIALS, null));
    assertThat(
        e.getMessage(),
        allOf(
            startsWith("the accounts service at 127.0.0.1:" + spotify.url().getPort() + " "),
            not(containsString("sample-secret"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | <html></html>             | status 403, an HTML page",
        "200 | <html></html>             | no token (status 200, an HTML page)",
        "503 | ''                        | status 503, no text",
        "500 | x                         | status 500, text that is not JSON",
        "400 | {'error':'server_error'}  | status 400, server_error",
        "400 | {'error':'what_ever'}     | status 400, JSON that is not OAuth's",
      })
  void whatCameInsteadIsSaid(int status, String body, String said) {
    spotify.scriptAlways("/api/token", Scripted.status(status, body.replace('\'', '"')));
    IOException e = assertThrows(IOException.class, () -> client.signIn(CREDENTIALS, null));
    assertThat(e.getMessage(), containsString(said));
  }

  @Test
  void aPortalIsNamedByItsHostAlone() {
    spotify.scriptAlways(
        "/api/token",
        Scripted.status(302, "").withHeader("Location", "http://portal.test/login?next=s3cret"));
    IOException e = assertThrows(IOException.class, () -> client.signIn(CREDENTIALS, null));
    assertThat(e.getMessage(), containsString("status 302, a redirect to portal.test"));
    assertThat(e.toString(), not(containsString("s3cret")));
  }

  @Test
  void noConnectionIsSaidWithItsCause() {
    spotify.close();
    IOException e = assertThrows(IOException.class, () -> client.signIn(CREDENTIALS, null));
    assertThat(e.getMessage(), containsString("cannot be reached: the connection is refused"));
  }

  @ParameterizedTest
  @CsvSource({
    "Refresh token expired, it has expired",
    "Refresh token revoked, it was revoked",
    "Authorization code expired, answered invalid_grant",
    "sample-secret, answered invalid_grant",
  })
  void aDeadRefreshTokenIsOldOrWithdrawn(String description, String said) {
    spotify.scriptAlways(
        "/api/token",
        Scripted.status(
            400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"%s\"}".formatted(description)));
    SignInException e =
        assertThrows(SignInException.class, () -> client.signIn(CREDENTIALS, "refresh"));
    assertThat(e.code(), is("invalid_grant"));
    assertThat(e.getMessage(), allOf(containsString(said), not(containsString("sample-secret"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3600\"", "null", "-1", "{}"})
  void howLongATokenLivesIsNotTrusted(String expiresIn) throws Exception {
    spotify.scriptAlways(
        "/api/token", Scripted.json("{\"access_token\":\"t\",\"expires_in\":" + expiresIn + "}"));
    AccessToken token = client.signIn(CREDENTIALS, "refresh");
    assertThat(token.value(), is("t"));
    assertThat(token.refreshToken(), is("refresh"));
    assertThat(token.toString(), not(containsString("refresh")));
  }

  /** It ends up in a file of lines. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"AQ-_.~+/=1\"   | AQ-_.~+/=1",
        "\"\"             | refresh",
        "null              | refresh",
        "7                 | refresh",
        "\"a b\"          | refresh",
        "\"a\\nSPOTIFY=b\" | refresh",
        "\"a'\"           | refresh",
      })
  void aRefreshTokenThatCannotBeOneIsPassedOver(String given, String used) throws Exception {
    spotify.scriptAlways(
        "/api/token", Scripted.json("{\"access_token\":\"t\",\"refresh_token\":" + given + "}"));
    assertThat(client.signIn(CREDENTIALS, "refresh").refreshToken(), is(used));
    assertThat(client.signIn(CREDENTIALS, null).refreshToken(), is(nullValue()));
  }
}
