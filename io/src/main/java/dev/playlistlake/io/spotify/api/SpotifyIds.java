package dev.playlistlake.io.spotify.api;

/**
 * What can be a Spotify id. Ids appear in paths, comma-separated lists and file names, and come
 * from responses and lakes: anything not of this form is never sent.
 */
public final class SpotifyIds {
  /** Spotify's ids have 22 characters. */
  private static final int LONGEST = 64;

  private static final String SPOTIFYS_OWN = "37i9dQ";

  private SpotifyIds() {}

  /**
   * Whether a playlist is one of Spotify's own; since 2024-11 apps without extended access get a
   * 404 for them.
   */
  public static boolean isSpotifysOwn(String playlistId) {
    return playlistId.startsWith(SPOTIFYS_OWN);
  }

  /**
   * Whether a text has 1 to 64 characters, all of them ASCII letters, digits, {@code _} or {@code
   * -}.
   */
  public static boolean mayBeId(String id) {
    // By hand, since every item has half a dozen ids; length first, since it is unbounded.
    if (id.isEmpty() || id.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean allowed =
          (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || c == '_'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /**
   * The id, for the path of a request.
   *
   * @throws IllegalArgumentException if it would be more than one segment of the path
   */
  static String requireId(String id) {
    if (!mayBeId(id)) {
      throw new IllegalArgumentException("not an id: " + id);
    }
    return id;
  }
}
