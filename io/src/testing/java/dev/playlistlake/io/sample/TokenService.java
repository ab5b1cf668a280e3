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

/** The token endpoint of accounts.spotify.com, and the check of the tokens that it gave. */
final class TokenService {
  /** What the user behind the refresh token of the options has agreed to. */
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
  private int codesGiven;

  /**
   * What lets somebody in.
   *
   * @param scopes what the user behind it has agreed to; null for an app without a user
   */
  private record AccessToken(long expiry, @Nullable Set<String> scopes) {}

  /**
   * What a user has agreed to.
   *
   * @param firstToken the refresh token that it gave; those that replace it begin with it
   * @param byPkce whether it was given to an app that knew no secret, and is renewed without one;
   *     else with one
   */
  private record Consent(String firstToken, Set<String> scopes, boolean byPkce) {}

  /** What an agreement gave, to be turned in once. */
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

  /** A user has agreed. */
  synchronized String newCode(String redirectUri, String challenge, List<String> scopes) {
    codesGiven++;
    String code = "stand-in-code-" + codesGiven;
    codes.put(code, new Code(redirectUri, challenge, Set.copyOf(scopes)));
    return code;
  }

  synchronized Answer issue(String method, @Nullable String givenAuthorization, String form) {
    if (!method.equals("POST")) {
      return Answer.error(405, "Method not allowed");
    }
    Map<String, String> fields = Query.parse(form);
    String grantType = fields.getOrDefault("grant_type", "");
    // With PKCE an app names itself and proves nothing by a secret.
    boolean named =
        givenAuthorization == null
            && !grantType.equals("client_credentials")
            && options.clientId().equals(fields.get("client_id"));
    if (!named && !authorization.equals(givenAuthorization)) {
      return refused("invalid_client", "Invalid client");
    }
    return switch (grantType) {
      case "client_credentials" ->
          options.clientCredentialsAllowed()
              ? granted("", null)
              : refused("unauthorized_client", "Client credentials are not allowed");
      case "authorization_code" -> turnIn(fields);
      case "refresh_token" -> refresh(fields.getOrDefault("refresh_token", ""), !named);
      default ->
          refused(
              "unsupported_grant_type",
              "grant_type must be client_credentials, authorization_code or refresh_token");
    };
  }

  private Answer turnIn(Map<String, String> fields) {
    // Whatever becomes of it: a code is good for one attempt.
    Code code = codes.remove(fields.getOrDefault("code", ""));
    if (code == null) {
      return refused("invalid_grant", "Invalid authorization code");
    } else if (!code.redirectUri().equals(fields.get("redirect_uri"))) {
      return refused("invalid_grant", "Invalid redirect URI");
    } else if (!code.challenge().equals(challenge(fields.getOrDefault("code_verifier", "")))) {
      return refused("invalid_grant", "code_verifier was incorrect");
    }
    // One that no other stand-in of the same process gives.
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

  private Answer refresh(String given, boolean bySecret) {
    Consent consent = refreshTokens.get(given);
    if (consent == null) {
      return refused("invalid_grant", "Refresh token revoked");
    } else if (consent.byPkce() == bySecret) {
      return refused("invalid_client", "Invalid client");
    }
    String more = scope(consent);
    if (options.rotateRefreshTokens()) {
      String next = consent.firstToken() + "-" + (issued + 1);
      refreshTokens.remove(given);
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

  private Answer granted(String more, @Nullable Set<String> scopes) {
    issued++;
    String token = "stand-in-token-" + issued;
    accessTokens.put(
        token, new AccessToken(System.nanoTime() + options.tokenLifetime().toNanos(), scopes));
    return Answer.json(
        200,
        String.format(
            Locale.ROOT,
            "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}",
            token,
            options.tokenLifetime().toSeconds(),
            more));
  }

  private static Answer refused(String error, String description) {
    return Answer.json(
        400, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
  }

  /** Null if the request may pass, the 401 if not. */
  synchronized @Nullable Answer refusal(@Nullable String givenAuthorization) {
    String token = token(givenAuthorization);
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
   * Why a request is refused that asks for what is a user's own; null where it is not.
   *
   * @param scopes what the user has agreed to; empty for an app without one
   */
  static @Nullable Answer refusal(String path, Optional<Set<String>> scopes) {
    if (!path.equals("/v1/me") && !path.startsWith("/v1/me/")) {
      return null;
    } else if (scopes.isEmpty()) {
      return Answer.error(401, "Valid user authentication required");
    }
    String needed = SCOPES_NEEDED.get(path);
    return needed == null || scopes.get().contains(needed)
        ? null
        : Answer.error(403, "Insufficient client scope");
  }

  /** What the user behind an access token has agreed to; empty for an app without a user. */
  synchronized Optional<Set<String>> userScopes(@Nullable String givenAuthorization) {
    AccessToken known = accessTokens.get(token(givenAuthorization));
    return Optional.ofNullable(known).map(AccessToken::scopes);
  }

  /** The token of a header, or something that is none. */
  private static String token(@Nullable String givenAuthorization) {
    String prefix = "Bearer ";
    return givenAuthorization != null && givenAuthorization.startsWith(prefix)
        ? givenAuthorization.substring(prefix.length())
        : "";
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
    accessTokens.replaceAll(
        (token, known) -> used.contains(token) ? new AccessToken(now, known.scopes()) : known);
  }

  synchronized void expireTokens() {
    long now = System.nanoTime();
    accessTokens.replaceAll((token, known) -> new AccessToken(now, known.scopes()));
  }

  synchronized void grantByPkce(String refreshToken) {
    refreshTokens.put(refreshToken, new Consent(refreshToken, ALL_SCOPES, true));
  }

  synchronized void revokeRefreshToken() {
    refreshTokens.clear();
  }
}
