package dev.playlistlake.io.spotify.auth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param value the token
 * @param lifetime how long Spotify accepts it
 * @param refreshToken the refresh token to use from now on; null for an app without a user
 */
public record AccessToken(String value, Duration lifetime, @Nullable String refreshToken) {
  @Override
  public String toString() {
    return "AccessToken(not shown, for " + lifetime + ")";
  }
}
