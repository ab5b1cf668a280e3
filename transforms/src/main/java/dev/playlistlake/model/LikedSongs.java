package dev.playlistlake.model;

import java.time.Instant;

/** A user's Liked Songs as a playlist: Spotify gives them no id of their own (decision 24). */
public final class LikedSongs {
  private static final String PREFIX = "liked:";

  private LikedSongs() {}

  /** The playlist id of a user's Liked Songs in the lake. */
  public static String id(String userId) {
    return PREFIX + userId;
  }

  /** Whether a playlist id is that of Liked Songs. */
  public static boolean isId(String playlistId) {
    return playlistId.startsWith(PREFIX);
  }

  /** Their owner. */
  public static String userId(String playlistId) {
    return playlistId.substring(PREFIX.length());
  }

  /** Their version, as Spotify gives none: when the newest was added. */
  public static String version(Instant newestAddedAt) {
    return newestAddedAt.toString();
  }

  /** Their row, which Spotify does not provide; status and counts are still unknown. */
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
