package dev.playlistlake.io.spotify.api;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * A page of a playlist's items.
 *
 * @param total how many items the playlist has, according to Spotify
 * @param count how many are on this page
 * @param print a hash of which items those are, their order and when they were added
 * @param slots the items, empty if they were not requested
 */
public record Page(int total, int count, long print, List<PlaylistSlot> slots) implements Paged {
  public Page {
    slots = List.copyOf(slots);
  }

  /** The items of pages by position; a page with more items than requested is cut. */
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
