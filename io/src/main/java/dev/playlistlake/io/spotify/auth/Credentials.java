package dev.playlistlake.io.spotify.auth;

import org.jspecify.annotations.Nullable;

/** Secrets, for as long as a sign-in takes; never serialized, never printed. */
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

  /** Null where there is none: a token that a user gave by {@code login} is renewed without it. */
  @Nullable String clientSecret() {
    return clientSecret;
  }

  /** Null for client credentials: an app without a user. */
  @Nullable String refreshToken() {
    return refreshToken;
  }

  /** The day on which the user agreed, as it is written; null where nobody has noted it. */
  @Nullable String authorizedOn() {
    return authorizedOn;
  }

  /**
   * Whether the refresh token is renewed by the client id alone. One that {@code login} got is,
   * also where a secret stands beside it: it was given to an app that proved itself by PKCE.
   */
  boolean byPkce() {
    return clientSecret == null || authorizedOn != null;
  }

  @Override
  public String toString() {
    return "Credentials(not shown)";
  }
}
