package dev.playlistlake.model;

/** What stands in a slot of a playlist; column {@code playlist_item.item_type}, in lower case. */
public enum ItemType {
  TRACK,
  EPISODE,
  /** A file of the user's own; it has a name, but no Spotify id. */
  LOCAL,
  /** A slot whose content Spotify no longer tells. */
  UNAVAILABLE
}
