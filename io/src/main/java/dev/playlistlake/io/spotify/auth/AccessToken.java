package dev.playlistlake.io.spotify.auth;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param value the token
 * @param lifetime how long Spotify accepts it
 * @param refreshToken the refresh token to use from now on; null for an app without a user
 * @param scopes the permissions that it has; null if Spotify did not say
 */
public record AccessToken(
    String value, Duration lifetime, @Nullable String refreshToken, @Nullable Set<String> scopes) {
  @Override
  public String toString() {
    return "AccessToken(not shown, for " + lifetime + ")";
  }
}
