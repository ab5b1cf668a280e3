package dev.playlistlake.io.spotify.auth;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which refresh tokens Spotify has replaced, as far as this process knows. The two fetching stages
 * sign in separately, each from the reference alone, and a source that cannot be written still
 * holds the first token for the second stage. The new token cannot travel with the elements of the
 * graph: it is a secret, and a runner may store and show those. So it stays in memory for the life
 * of the process.
 */
final class RefreshTokens {
  private static final ConcurrentMap<String, String> NEXT = new ConcurrentHashMap<>();

  private RefreshTokens() {}

  /** Records that a token was replaced by another. */
  static void replaced(String old, String next) {
    NEXT.put(old, next);
    // The newest has no successor, whatever was recorded: following them ends.
    NEXT.remove(next);
  }

  /** The token to use instead of this one; the same one if it was not replaced. */
  static String newest(String token) {
    String newest = token;
    for (String next = token; next != null; next = NEXT.get(next)) {
      newest = next;
    }
    return newest;
  }
}
