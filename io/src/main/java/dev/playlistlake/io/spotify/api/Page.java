package dev.playlistlake.io.spotify.api;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * A page of a playlist's items.
 *
 * @param total how many items Spotify says the playlist has
 * @param count how many stand on this page
 * @param print a hash of which items those are, their order and when they were added
 * @param slots the items, empty where they were not asked for
 */
public record Page(int total, int count, long print, List<PlaylistSlot> slots) implements Paged {
  public Page {
    slots = List.copyOf(slots);
  }

  /** The items of pages by position; a page that holds more than requested is cut. */
  public static List<PlaylistSlot> slotsOf(Collection<Page> pages) {
    TreeMap<Integer, PlaylistSlot> slots = new TreeMap<>();
    for (Page page : pages) {
      for (PlaylistSlot slot : page.slots()) {
        slots.putIfAbsent(slot.seen().item().position(), slot);
      }
    }
    return List.copyOf(slots.values());
  }
}
