package dev.playlistlake.io.spotify.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.spotify.api.JsonFields;
import dev.playlistlake.io.spotify.http.FailureCause;
import dev.playlistlake.io.spotify.http.SpotifyTransport;
import dev.playlistlake.model.ForeignText;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
          "unsupported_grant_type",
          "unsupported_response_type");

  /** OAuth's words for a service in trouble. */
  private static final Set<String> TROUBLES = Set.of("server_error", "temporarily_unavailable");

  /** From a proxy, or for a request that came too late or too often: no verdict on it. */
  private static final Set<Integer> TRANSIENT = Set.of(407, 408, 425, 429);

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
   * @throws IOException if there is no response, or not one of the accounts service; a retry may
   *     help, and the message names the host and what came instead
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
      throw new IOException(service() + " gave no refresh token");
    }
    return token;
  }

  private String service() {
    return "the accounts service at " + transport.accountsHost();
  }

  private void post(AbstractRequest<?> request) throws IOException {
    try {
      request.postJson();
    } catch (IOException e) {
      throw new IOException(service() + " cannot be reached: " + FailureCause.words(e), e);
    } catch (SpotifyWebApiException | ParseException e) {
      throw new IllegalStateException("our own transport does not throw this", e);
    }
  }

  private AccessToken token(
      SpotifyTransport.Exchange exchange, Function<JsonNode, @Nullable String> refreshToken)
      throws SignInException, IOException {
    JsonNode answer = json(exchange.body());
    int status = exchange.status();
    if (status == 200) {
      String value = JsonFields.text(answer, "access_token");
      if (answer == null || value == null || !TOKEN.matcher(value).matches()) {
        throw new IOException(service() + " gave no token (" + described(exchange, answer) + ")");
      }
      Integer seconds = JsonFields.number(answer, "expires_in");
      return new AccessToken(
          value,
          Duration.ofSeconds(seconds == null || seconds <= 0 ? 3600 : seconds),
          refreshToken.apply(answer),
          scopes(answer));
    }
    String error = JsonFields.text(answer, "error");
    if (status >= 400
        && status < 500
        && !TRANSIENT.contains(status)
        && error != null
        && REFUSALS.contains(error)) {
      throw refusal(error, JsonFields.text(answer, "error_description"));
    }
    // Whatever else it is, a proxy or a front end wrote it, or a service in trouble.
    throw new IOException(service() + " answered with " + described(exchange, answer));
  }

  /** The service's own text is not repeated, as it may contain what was sent. */
  private static SignInException refusal(String code, @Nullable String description) {
    if (code.equals(SignInException.INVALID_GRANT) && description != null) {
      String said = description.toLowerCase(Locale.ROOT);
      if (said.contains("refresh token expired")) {
        return SignInException.expired();
      } else if (said.contains("refresh token revoked")) {
        return SignInException.revoked();
      }
    }
    return new SignInException(code, "Spotify's accounts service answered " + code);
  }

  /** A response that is not a token, without any text of its own. */
  private static String described(SpotifyTransport.Exchange exchange, @Nullable JsonNode answer) {
    String error = JsonFields.text(answer, "error");
    String redirect = exchange.redirectHost();
    String contents;
    if (redirect != null) {
      contents = "a redirect to " + ForeignText.oneLine(redirect);
    } else if (error != null && (TROUBLES.contains(error) || REFUSALS.contains(error))) {
      contents = error;
    } else if (exchange.isHtml()) {
      contents = "an HTML page";
    } else if (exchange.body().isBlank()) {
      contents = "no text";
    } else {
      contents = answer == null ? "text that is not JSON" : "JSON that is not OAuth's";
    }
    return "status " + exchange.status() + ", " + contents;
  }

  /** The granted permissions; null if the response does not say. */
  private static @Nullable Set<String> scopes(JsonNode answer) {
    String scope = JsonFields.text(answer, "scope");
    return scope == null ? null : Set.copyOf(Arrays.asList(scope.strip().split("[\\s,]+")));
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
