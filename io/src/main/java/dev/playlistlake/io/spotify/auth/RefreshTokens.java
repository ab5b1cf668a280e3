package dev.playlistlake.io.spotify.auth;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which refresh tokens Spotify has replaced, as far as this process was told. The two stages that
 * ask sign in apart, each from the reference alone, and a place that cannot be written still holds
 * the first token when the second stage comes to it. What it must use instead cannot travel with
 * the elements of the graph: it is a secret, and a runner may store and show those. So it stays in
 * the memory of the process, for as long as that lives.
 */
final class RefreshTokens {
  private static final ConcurrentMap<String, String> NEXT = new ConcurrentHashMap<>();

  private RefreshTokens() {}

  /** Notes that a token was given in the place of another. */
  static void replaced(String old, String next) {
    NEXT.put(old, next);
    // The newest has none after it, whatever was noted: following them comes to an end.
    NEXT.remove(next);
  }

  /** The token to use in the place of one; that one itself where it was not replaced. */
  static String newest(String token) {
    String newest = token;
    for (String next = token; next != null; next = NEXT.get(next)) {
      newest = next;
    }
    return newest;
  }
}
