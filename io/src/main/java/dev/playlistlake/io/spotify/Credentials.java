package dev.playlistlake.io.spotify;

import org.jspecify.annotations.Nullable;

/** Secrets, for as long as a sign-in takes; never serialized, never printed. */
final class Credentials {
  private final String clientId;
  private final String clientSecret;
  private final @Nullable String refreshToken;

  Credentials(String clientId, String clientSecret, @Nullable String refreshToken) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.refreshToken = refreshToken;
  }

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  /** Null for client credentials: an app without a user. */
  @Nullable String refreshToken() {
    return refreshToken;
  }

  @Override
  public String toString() {
    return "Credentials(not shown)";
  }
}
