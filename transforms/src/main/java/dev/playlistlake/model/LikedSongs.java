package dev.playlistlake.model;

import java.time.Instant;

/** A user's Liked Songs as a playlist: Spotify gives them no id of their own. */
public final class LikedSongs {
  private static final String PREFIX = "liked:";

  private LikedSongs() {}

  /** The playlist id under which a user's Liked Songs stand in the lake. */
  public static String id(String userId) {
    return PREFIX + userId;
  }

  /** Whether a playlist id is that of somebody's Liked Songs. */
  public static boolean isId(String playlistId) {
    return playlistId.startsWith(PREFIX);
  }

  /** Whose they are. */
  public static String userId(String playlistId) {
    return playlistId.substring(PREFIX.length());
  }

  /** What names them as they are, as nothing of Spotify's does: when the newest was added. */
  public static String version(Instant newestAddedAt) {
    return newestAddedAt.toString();
  }

  /** Their row, of which Spotify tells nothing; status and counts are not known yet. */
  public static Playlist playlist(String playlistId, Instant fetchedAt) {
    return new Playlist(
        playlistId,
        "Liked Songs",
        null,
        userId(playlistId),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "https://open.spotify.com/collection/tracks",
        ReadStatus.INCOMPLETE,
        fetchedAt,
        null);
  }
}
