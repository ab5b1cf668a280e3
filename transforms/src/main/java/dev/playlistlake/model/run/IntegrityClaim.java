package dev.playlistlake.model.run;

import java.io.Serializable;

/**
 * A statement of a row that the audit compares with other rows (decision 10).
 *
 * @param kind the kind of claim
 * @param key the row or id it is about
 * @param number the claimed position or count; 0 if none
 */
public record IntegrityClaim(Kind kind, String key, long number) implements Serializable {
  /** The kinds of claims; a row's own key and a reference to it meet under the same key. */
  public enum Kind {
    SONG_ROW,
    SONG_NAMED,
    ALBUM_ROW,
    ALBUM_NAMED,
    ARTIST_ROW,
    ARTIST_NAMED,
    /** A playlist row; number = item_count. */
    PLAYLIST_ROW,
    /** A playlist whose positions must be 0..item_count-1; number = item_count. */
    PLAYLIST_WHOLE,
    /** An item of the playlist; number = position. */
    PLAYLIST_ITEM,
    /** A playlist of the list. */
    PLAYLIST_LISTED,
    /** A rejected row about the playlist. */
    PLAYLIST_REJECTED,
    /** A rejected row; key = the row's key. */
    REJECTED_ROW
  }
}
