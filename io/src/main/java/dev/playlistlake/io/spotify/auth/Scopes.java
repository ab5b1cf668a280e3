package dev.playlistlake.io.spotify.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The permissions that a user gives an app, as Spotify names them. */
public final class Scopes {
  static final String PRIVATE_PLAYLISTS = "playlist-read-private";
  private static final String COLLABORATIVE_PLAYLISTS = "playlist-read-collaborative";
  private static final String LIKED_SONGS = "user-library-read";

  private static final Map<String, String> GIVES =
      Map.of(
          PRIVATE_PLAYLISTS, "private playlists",
          COLLABORATIVE_PLAYLISTS, "collaborative playlists",
          LIKED_SONGS, "Liked Songs");

  private Scopes() {}

  /**
   * The permissions to read a library, in the order in which a user is asked for them.
   *
   * @param playlists whether its playlists are read
   * @param liked whether its Liked Songs are read
   */
  public static Set<String> needed(boolean playlists, boolean liked) {
    Set<String> scopes = new LinkedHashSet<>();
    if (playlists) {
      scopes.add(PRIVATE_PLAYLISTS);
      scopes.add(COLLABORATIVE_PLAYLISTS);
    }
    if (liked) {
      scopes.add(LIKED_SONGS);
    }
    return scopes;
  }

  /** What is not read without these permissions, as a sentence. */
  static String lacking(List<String> scopes, String where) {
    return "The refresh token in "
        + where
        + " is without the scope "
        + String.join(" and ", scopes)
        + ", so Spotify leaves out "
        + scopes.stream()
            .map(scope -> GIVES.getOrDefault(scope, scope))
            .collect(Collectors.joining(" and "))
        + ".";
  }
}
