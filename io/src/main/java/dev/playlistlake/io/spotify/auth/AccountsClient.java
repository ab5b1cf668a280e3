package dev.playlistlake.io.spotify.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.spotify.api.JsonFields;
import dev.playlistlake.io.spotify.http.SpotifyTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ParseException;
import org.jspecify.annotations.Nullable;
import se.michaelthelin.spotify.SpotifyApi;
import se.michaelthelin.spotify.exceptions.SpotifyWebApiException;
import se.michaelthelin.spotify.requests.AbstractRequest;

/**
 * Requests to the accounts service, built by Spotify's Java library, sent over our transport. One
 * request per call: no waiting, no retry.
 */
public final class AccountsClient {
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  /** No quotes: it must fit into a file of lines, quoted or unquoted. */
  private static final Pattern REFRESH_TOKEN = Pattern.compile("[!-~&&[^\"'#]]+");

  private static final Set<String> REFUSALS =
      Set.of(
          "access_denied",
          "invalid_client",
          SignInException.INVALID_GRANT,
          "invalid_request",
          "invalid_scope",
          "unauthorized_client",
          "unsupported_grant_type");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SpotifyTransport transport;

  /** A client; its owner closes the transport. */
  public AccountsClient(SpotifyTransport transport) {
    this.transport = transport;
  }

  /**
   * Requests an access token from the accounts service.
   *
   * @throws SignInException if it refuses
   * @throws IOException if there is no response, or no valid one; a retry may help
   */
  AccessToken signIn(Credentials credentials, @Nullable String refreshToken)
      throws SignInException, IOException {
    SpotifyTransport.Call call = transport.call();
    SpotifyApi api =
        new SpotifyApi.Builder()
            .setHttpManager(call)
            .setClientId(credentials.clientId())
            .setClientSecret(credentials.clientSecret())
            .setRefreshToken(refreshToken)
            .build();
    if (refreshToken == null) {
      post(api.clientCredentials().build());
    } else if (credentials.byPkce()) {
      post(api.authorizationCodePKCERefresh().build());
    } else {
      post(api.authorizationCodeRefresh().build());
    }
    return token(
        call.exchange(), answer -> refreshToken == null ? null : newer(refreshToken, answer));
  }

  /**
   * The page on which a user grants an app access.
   *
   * @param redirectUri where the response goes
   * @param scopes the permissions that the app requests
   * @param state comes back with the response
   * @param challenge the hash of the PKCE verifier that {@link #exchange} sends
   */
  public URI consentPage(
      String clientId, URI redirectUri, List<String> scopes, String state, String challenge) {
    URI atSpotify =
        new SpotifyApi.Builder()
            .setClientId(clientId)
            .setRedirectUri(redirectUri)
            .build()
            .authorizationCodePKCEUri(challenge)
            .scope(String.join(" ", scopes))
            .state(state)
            .build()
            .execute();
    return transport.target(atSpotify);
  }

  /**
   * Exchanges the code from a user's consent for a token; a code works once.
   *
   * @throws SignInException if it is refused
   * @throws IOException if the accounts service does not respond, or not validly; the code may be
   *     used up
   */
  public AccessToken exchange(String clientId, String code, URI redirectUri, String verifier)
      throws SignInException, IOException {
    SpotifyTransport.Call call = transport.call();
    SpotifyApi api =
        new SpotifyApi.Builder()
            .setHttpManager(call)
            .setClientId(clientId)
            .setRedirectUri(redirectUri)
            .build();
    post(api.authorizationCodePKCE(code, verifier).build());
    AccessToken token = token(call.exchange(), AccountsClient::refreshToken);
    if (token.refreshToken() == null) {
      throw new IOException("the accounts service answered without a refresh token");
    }
    return token;
  }

  private static void post(AbstractRequest<?> request) throws IOException {
    try {
      request.postJson();
    } catch (SpotifyWebApiException | ParseException e) {
      throw new IllegalStateException("our own transport does not throw this", e);
    }
  }

  private AccessToken token(
      SpotifyTransport.Exchange exchange, Function<JsonNode, @Nullable String> refreshToken)
      throws SignInException, IOException {
    JsonNode answer = json(exchange.body());
    if (exchange.status() == 200) {
      String value = JsonFields.text(answer, "access_token");
      if (answer == null || value == null || !TOKEN.matcher(value).matches()) {
        throw new IOException("the accounts service answered without a token");
      }
      Integer seconds = JsonFields.number(answer, "expires_in");
      return new AccessToken(
          value,
          Duration.ofSeconds(seconds == null || seconds <= 0 ? 3600 : seconds),
          refreshToken.apply(answer));
    }
    String error = JsonFields.text(answer, "error");
    if (exchange.status() >= 400 && exchange.status() < 500 && exchange.status() != 429) {
      // Its own message is not repeated: it may contain what was sent.
      String code =
          error != null && REFUSALS.contains(error) ? error : SignInException.UNAUTHORIZED;
      throw new SignInException(code, "Spotify's accounts service answered " + code);
    }
    throw new IOException("the accounts service answered with status " + exchange.status());
  }

  /** The refresh token that replaces ours; ours if the response has no valid one. */
  private static String newer(String refreshToken, JsonNode answer) {
    return Objects.requireNonNullElse(refreshToken(answer), refreshToken);
  }

  private static @Nullable String refreshToken(JsonNode answer) {
    String given = JsonFields.text(answer, "refresh_token");
    return given != null && REFRESH_TOKEN.matcher(given).matches() ? given : null;
  }

  private static @Nullable JsonNode json(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
