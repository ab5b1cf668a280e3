package dev.playlistlake.io.sample;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The token endpoint of accounts.spotify.com, and the check of the tokens that it gave. */
final class TokenService {

  private final StandInOptions options;
  private final String authorization;
  private final Map<String, Long> expiries = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private @Nullable String refreshToken;
  private int issued;

  TokenService(StandInOptions options) {
    this.options = options;
    this.refreshToken = options.refreshToken();
    String client = options.clientId() + ':' + options.clientSecret();
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
  }

  synchronized Answer issue(String method, @Nullable String givenAuthorization, String form) {
    if (!method.equals("POST")) {
      return Answer.error(405, "Method not allowed");
    }
    if (!authorization.equals(givenAuthorization)) {
      return refused("invalid_client", "Invalid client");
    }
    Map<String, String> fields = Query.parse(form);
    return switch (fields.getOrDefault("grant_type", "")) {
      case "client_credentials" ->
          options.clientCredentialsAllowed()
              ? granted("")
              : refused("unauthorized_client", "Client credentials are not allowed");
      case "refresh_token" -> refresh(fields.get("refresh_token"));
      default ->
          refused(
              "unsupported_grant_type",
              "grant_type must be client_credentials, authorization_code or refresh_token");
    };
  }

  private Answer refresh(@Nullable String given) {
    if (refreshToken == null || !refreshToken.equals(given)) {
      return refused("invalid_grant", "Refresh token revoked");
    }
    String more = ",\"scope\":\"playlist-read-private playlist-read-collaborative\"";
    if (options.rotateRefreshTokens()) {
      refreshToken = options.refreshToken() + "-" + (issued + 1);
      more += ",\"refresh_token\":\"" + refreshToken + '"';
    }
    return granted(more);
  }

  private Answer granted(String more) {
    issued++;
    String token = "stand-in-token-" + issued;
    expiries.put(token, System.nanoTime() + options.tokenLifetime().toNanos());
    return Answer.json(
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}"
            .formatted(token, options.tokenLifetime().toSeconds(), more));
  }

  private static Answer refused(String error, String description) {
    return Answer.json(
        400, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
  }

  /** Null if the request may pass, the 401 if not. */
  synchronized @Nullable Answer refusal(@Nullable String givenAuthorization) {
    String prefix = "Bearer ";
    if (givenAuthorization == null || !givenAuthorization.startsWith(prefix)) {
      return unauthorized("Invalid access token");
    }
    String token = givenAuthorization.substring(prefix.length());
    Long expiry = expiries.get(token);
    if (expiry == null) {
      return unauthorized("Invalid access token");
    } else if (expiry - System.nanoTime() <= 0) {
      return unauthorized("The access token expired");
    }
    used.add(token);
    return null;
  }

  private static Answer unauthorized(String message) {
    return Answer.error(401, message)
        .withHeader(
            "WWW-Authenticate",
            "Bearer realm=\"spotify\", error=\"invalid_token\", error_description=\"%s\""
                .formatted(message));
  }

  /** Tokens that have let somebody in are over; one that was just given is not. */
  synchronized void expireUsedTokens() {
    long now = System.nanoTime();
    expiries.replaceAll((token, expiry) -> used.contains(token) ? now : expiry);
  }

  synchronized void expireTokens() {
    long now = System.nanoTime();
    expiries.replaceAll((token, expiry) -> now);
  }

  synchronized void revokeRefreshToken() {
    refreshToken = null;
  }
}
