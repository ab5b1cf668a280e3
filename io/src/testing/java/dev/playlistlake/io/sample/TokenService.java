package dev.playlistlake.io.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The token endpoint of accounts.spotify.com, {@code /api/token}, and the check of its tokens. */
final class TokenService {
  /** The scopes granted by the user behind the refresh token of the options. */
  private static final Set<String> ALL_SCOPES =
      Set.of("playlist-read-private", "playlist-read-collaborative", "user-library-read");

  private static final Map<String, String> SCOPES_NEEDED =
      Map.of("/v1/me/tracks", "user-library-read", "/v1/me/playlists", "playlist-read-private");

  private final StandInOptions options;
  private final String authorization;
  private final Map<String, AccessToken> accessTokens = new HashMap<>();
  private final Map<String, Consent> refreshTokens = new HashMap<>();
  private final Map<String, Code> codes = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private int issued;
  private int codesIssued;

  /**
   * An issued access token.
   *
   * @param expiry as {@link System#nanoTime()}
   * @param scopes granted by the user behind it; null for an app without a user
   */
  private record AccessToken(long expiry, @Nullable Set<String> scopes) {}

  /**
   * A user's consent.
   *
   * @param firstToken the first refresh token; its replacements begin with it
   * @param scopes granted by the user
   * @param byPkce whether it was obtained with PKCE and is refreshed without a client secret; if
   *     false, refreshing needs the secret
   */
  private record Consent(String firstToken, Set<String> scopes, boolean byPkce) {}

  /** An authorization code's data; good for one exchange. */
  private record Code(String redirectUri, String challenge, Set<String> scopes) {}

  TokenService(StandInOptions options) {
    this.options = options;
    if (options.refreshToken() != null) {
      refreshTokens.put(
          options.refreshToken(), new Consent(options.refreshToken(), ALL_SCOPES, false));
    }
    String client = options.clientId() + ':' + options.clientSecret();
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
  }

  /** Issues an authorization code for a user's consent. */
  synchronized String newCode(String redirectUri, String challenge, List<String> scopes) {
    codesIssued++;
    String code = "stand-in-code-" + codesIssued;
    codes.put(code, new Code(redirectUri, challenge, Set.copyOf(scopes)));
    return code;
  }

  /**
   * The response to a token request.
   *
   * @param header the Authorization header; null if there is none
   * @param form the body
   */
  synchronized Response issue(String method, @Nullable String header, String form) {
    if (!method.equals("POST")) {
      return Response.error(405, "Method not allowed");
    }
    Map<String, String> fields = Query.parse(form);
    String grantType = fields.getOrDefault("grant_type", "");
    // With PKCE, an app sends its client id and no secret.
    boolean byClientId =
        header == null
            && !grantType.equals("client_credentials")
            && options.clientId().equals(fields.get("client_id"));
    if (!byClientId && !authorization.equals(header)) {
      return badRequest("invalid_client", "Invalid client");
    }
    return switch (grantType) {
      case "client_credentials" ->
          options.clientCredentialsAllowed()
              ? granted("", null)
              : badRequest("unauthorized_client", "Client credentials are not allowed");
      case "authorization_code" -> exchangeCode(fields);
      case "refresh_token" -> refresh(fields.getOrDefault("refresh_token", ""), !byClientId);
      default ->
          badRequest(
              "unsupported_grant_type",
              "grant_type must be client_credentials, authorization_code or refresh_token");
    };
  }

  private Response exchangeCode(Map<String, String> fields) {
    // A code is good for one attempt, even a failed one.
    Code code = codes.remove(fields.getOrDefault("code", ""));
    if (code == null) {
      return badRequest("invalid_grant", "Invalid authorization code");
    } else if (!code.redirectUri().equals(fields.get("redirect_uri"))) {
      return badRequest("invalid_grant", "Invalid redirect URI");
    } else if (!code.challenge().equals(challenge(fields.getOrDefault("code_verifier", "")))) {
      return badRequest("invalid_grant", "code_verifier was incorrect");
    }
    // Unique among the stand-ins of a process.
    String refreshToken = "stand-in-refresh-" + UUID.randomUUID();
    Consent consent = new Consent(refreshToken, code.scopes(), true);
    refreshTokens.put(refreshToken, consent);
    return granted(scope(consent) + replacement(refreshToken), consent.scopes());
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Response refresh(String refreshToken, boolean bySecret) {
    Consent consent = refreshTokens.get(refreshToken);
    if (consent == null) {
      return badRequest("invalid_grant", "Refresh token revoked");
    } else if (consent.byPkce() == bySecret) {
      return badRequest("invalid_client", "Invalid client");
    }
    String more = scope(consent);
    if (options.rotateRefreshTokens()) {
      String next = consent.firstToken() + "-" + (issued + 1);
      refreshTokens.remove(refreshToken);
      refreshTokens.put(next, consent);
      more += replacement(next);
    }
    return granted(more, consent.scopes());
  }

  private static String scope(Consent consent) {
    return ",\"scope\":\"" + String.join(" ", new TreeSet<>(consent.scopes())) + '"';
  }

  private static String replacement(String refreshToken) {
    return ",\"refresh_token\":\"" + refreshToken + '"';
  }

  private Response granted(String more, @Nullable Set<String> scopes) {
    issued++;
    String token = "stand-in-token-" + issued;
    accessTokens.put(
        token, new AccessToken(System.nanoTime() + options.tokenLifetime().toNanos(), scopes));
    return Response.json(
        200,
        String.format(
            Locale.ROOT,
            "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}",
            token,
            options.tokenLifetime().toSeconds(),
            more));
  }

  private static Response badRequest(String error, String description) {
    return Response.json(
        400, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
  }

  /** The 401 or 403 for a request to the Web API; null if it may pass. */
  synchronized @Nullable Response refusal(String path, @Nullable String header) {
    Response refusal = refusal(header);
    return refusal == null ? refusal(path, userScopes(header)) : refusal;
  }

  /** The 401 for an invalid or expired access token; null if it is good. */
  private @Nullable Response refusal(@Nullable String header) {
    String token = token(header);
    AccessToken known = accessTokens.get(token);
    if (known == null) {
      return unauthorized("Invalid access token");
    } else if (known.expiry() - System.nanoTime() <= 0) {
      return unauthorized("The access token expired");
    }
    used.add(token);
    return null;
  }

  /**
   * The refusal of a request for a user's own data, {@code /v1/me}; null if it may pass.
   *
   * @param scopes granted by the user; empty for an app without a user
   */
  private static @Nullable Response refusal(String path, Optional<Set<String>> scopes) {
    if (!path.equals("/v1/me") && !path.startsWith("/v1/me/")) {
      return null;
    } else if (scopes.isEmpty()) {
      return Response.error(401, "Valid user authentication required");
    }
    String needed = SCOPES_NEEDED.get(path);
    return needed == null || scopes.get().contains(needed)
        ? null
        : Response.error(403, "Insufficient client scope");
  }

  /** The scopes granted by the user behind an access token; empty for an app without a user. */
  private Optional<Set<String>> userScopes(@Nullable String header) {
    AccessToken known = accessTokens.get(token(header));
    return Optional.ofNullable(known).map(AccessToken::scopes);
  }

  /** The token of an Authorization header; empty if there is none. */
  private static String token(@Nullable String header) {
    String prefix = "Bearer ";
    return header != null && header.startsWith(prefix) ? header.substring(prefix.length()) : "";
  }

  private static Response unauthorized(String message) {
    return Response.error(401, message)
        .withHeader(
            "WWW-Authenticate",
            "Bearer realm=\"spotify\", error=\"invalid_token\", error_description=\"%s\""
                .formatted(message));
  }

  /** Expires tokens that were used; one that was only issued stays valid. */
  synchronized void expireUsedTokens() {
    long now = System.nanoTime();
    accessTokens.replaceAll(
        (token, known) -> used.contains(token) ? new AccessToken(now, known.scopes()) : known);
  }

  synchronized void expireTokens() {
    long now = System.nanoTime();
    accessTokens.replaceAll((token, known) -> new AccessToken(now, known.scopes()));
  }

  /** Accepts a refresh token as one obtained with PKCE, with all scopes. */
  synchronized void grantByPkce(String refreshToken) {
    refreshTokens.put(refreshToken, new Consent(refreshToken, ALL_SCOPES, true));
  }

  synchronized void revokeRefreshToken() {
    refreshTokens.clear();
  }
}
