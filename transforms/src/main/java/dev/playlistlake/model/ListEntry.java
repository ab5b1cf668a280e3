package dev.playlistlake.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the playlist list: a playlist, a word that only Spotify can resolve to several, or
 * neither.
 *
 * @param index 0-based place in the list, not counting duplicates and comments
 * @param given the entry as written, up to 500 characters
 * @param playlistId its id; null if it has none, or none yet
 * @param reason why it has none; null otherwise
 * @param listed whether the library listing has all its data for today, so that it is not fetched
 */
public record ListEntry(
    int index, String given, @Nullable String playlistId, @Nullable Reason reason, boolean listed)
    implements Serializable {
  /** The word for the playlists in the user's library. */
  public static final String ME = "me";

  /** The word for the user's Liked Songs. */
  public static final String LIKED = "liked";

  /** A password in an entry's URL is not kept. */
  public ListEntry {
    given = ForeignText.withoutPasswords(given);
  }

  /** An entry as written: a playlist, or, without an id, not a playlist. */
  public ListEntry(int index, String given, @Nullable String playlistId) {
    this(index, given, playlistId, playlistId == null ? Reason.INVALID_ID : null, false);
  }

  /** An entry that is one of the words. */
  public static ListEntry word(int index, String word) {
    return new ListEntry(index, word, null, null, false);
  }

  /** A copy with another playlist id. */
  public ListEntry withPlaylistId(String newPlaylistId) {
    return new ListEntry(index, given, newPlaylistId, reason, listed);
  }

  /** A copy with another text. */
  public ListEntry withGiven(String newGiven) {
    return new ListEntry(index, newGiven, playlistId, reason, listed);
  }

  /** A copy, described by the listing or not. */
  public ListEntry withListed(boolean newListed) {
    return new ListEntry(index, given, playlistId, reason, newListed);
  }

  /** Whether an entry as written is one of the words. */
  public static boolean isWord(String given) {
    return given.equals(ME) || given.equals(LIKED);
  }

  /**
   * Whether it names no playlist, so that none is missing: it is invalid, or the library lists
   * something without an id. A library that could not be read is another case.
   */
  public boolean namesNone() {
    return playlistId == null && reason != null && namesNone(reason);
  }

  /** The same, by the reason of an entry without an id. */
  public static boolean namesNone(Reason reason) {
    return Reason.INVALID_ID.equals(reason) || Reason.NOT_READABLE_BY_THIS_APP.equals(reason);
  }

  /** Whether its playlists are still unresolved. */
  public boolean isWord() {
    return playlistId == null && reason == null;
  }
}
