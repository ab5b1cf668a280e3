package dev.playlistlake.io.spotify.api;

import dev.playlistlake.model.SeenItem;

/**
 * A slot of a playlist, as read.
 *
 * @param seen the slot with the catalog objects in it
 * @param unreadable whether its JSON has an unknown shape
 */
public record PlaylistSlot(SeenItem seen, boolean unreadable) {

  /** The same at another position. */
  public PlaylistSlot at(int position) {
    return seen.item().position() == position
        ? this
        : new PlaylistSlot(seen.at(position), unreadable);
  }
}
