package dev.playlistlake.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the playlist list: a playlist, a word for several that only Spotify can tell, or
 * neither.
 *
 * @param index 0-based place in the list, duplicates and comments not counted
 * @param given the entry as written, at most 500 characters of it
 * @param playlistId the id it means; null where it means none, or none yet
 * @param reason why it means none; null otherwise
 */
public record ListEntry(
    int index, String given, @Nullable String playlistId, @Nullable Reason reason)
    implements Serializable {
  /** The word for the playlists in the user's library. */
  public static final String ME = "me";

  /** The word for the user's Liked Songs. */
  public static final String LIKED = "liked";

  /** An entry as people write it: a playlist's, or, without an id, one that is no playlist's. */
  public ListEntry(int index, String given, @Nullable String playlistId) {
    this(index, given, playlistId, playlistId == null ? Reason.INVALID_ID : null);
  }

  /** One of the words. */
  public static ListEntry word(int index, String word) {
    return new ListEntry(index, word, null, null);
  }

  /** Whether an entry as written is one of the words. */
  public static boolean isWord(String given) {
    return given.equals(ME) || given.equals(LIKED);
  }

  /** Whether it is still to be seen which playlists it means. */
  public boolean isWord() {
    return playlistId == null && reason == null;
  }
}
