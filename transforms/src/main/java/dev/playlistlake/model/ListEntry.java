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
 * @param listed whether the listing of the library tells all that is to be known of it today, so
 *     that it is not asked for
 */
public record ListEntry(
    int index, String given, @Nullable String playlistId, @Nullable Reason reason, boolean listed)
    implements Serializable {
  /** The word for the playlists in the user's library. */
  public static final String ME = "me";

  /** The word for the user's Liked Songs. */
  public static final String LIKED = "liked";

  /** A password in an entry's address is not kept. */
  public ListEntry {
    given = ForeignText.withoutPasswords(given);
  }

  /** An entry as people write it: a playlist's, or, without an id, one that is no playlist's. */
  public ListEntry(int index, String given, @Nullable String playlistId) {
    this(index, given, playlistId, playlistId == null ? Reason.INVALID_ID : null, false);
  }

  /** One of the words. */
  public static ListEntry word(int index, String word) {
    return new ListEntry(index, word, null, null, false);
  }

  /** The same, its playlist under another id. */
  public ListEntry withPlaylistId(String newPlaylistId) {
    return new ListEntry(index, given, newPlaylistId, reason, listed);
  }

  /** The same, in other words. */
  public ListEntry withGiven(String newGiven) {
    return new ListEntry(index, newGiven, playlistId, reason, listed);
  }

  /** The same, told by the listing or not. */
  public ListEntry withListed(boolean newListed) {
    return new ListEntry(index, given, playlistId, reason, newListed);
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
