package dev.playlistlake.io.spotify.auth;

import org.jspecify.annotations.Nullable;

/** Secrets, kept only as long as a sign-in takes; never serialized, never printed. */
final class Credentials {
  private final String clientId;
  private final @Nullable String clientSecret;
  private final @Nullable String refreshToken;
  private final @Nullable String authorizedOn;

  Credentials(
      String clientId,
      @Nullable String clientSecret,
      @Nullable String refreshToken,
      @Nullable String authorizedOn) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.refreshToken = refreshToken;
    this.authorizedOn = authorizedOn;
  }

  String clientId() {
    return clientId;
  }

  /** Null if there is none: a user's token from {@code login} is renewed without it. */
  @Nullable String clientSecret() {
    return clientSecret;
  }

  /** Null for client credentials: an app without a user. */
  @Nullable String refreshToken() {
    return refreshToken;
  }

  /** The day on which the user agreed, as written; null if it was not recorded. */
  @Nullable String authorizedOn() {
    return authorizedOn;
  }

  /**
   * Whether the refresh token is renewed by the client id alone. One from {@code login} is, even
   * with a secret beside it: it was issued to an app that used PKCE.
   */
  boolean byPkce() {
    return clientSecret == null || authorizedOn != null;
  }

  @Override
  public String toString() {
    return "Credentials(not shown)";
  }
}
