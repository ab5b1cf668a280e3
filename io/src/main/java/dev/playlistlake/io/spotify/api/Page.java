package dev.playlistlake.io.spotify.api;

import java.util.List;

/**
 * A page of a playlist's items.
 *
 * @param total how many items Spotify says the playlist has
 * @param count how many stand on this page
 * @param print a hash of which items those are, their order and when they were added
 * @param slots the items, empty where they were not asked for
 */
public record Page(int total, int count, long print, List<PlaylistSlot> slots) implements Parsed {
  public Page {
    slots = List.copyOf(slots);
  }
}
