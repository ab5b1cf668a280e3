package dev.playlistlake.io.spotify.api;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a playlist's items.
 *
 * @param total how many items the playlist has, according to Spotify; without that, those up to the
 *     end of this page
 * @param hasTotal whether Spotify states the total
 * @param limit how many items the page may hold; 0 if it does not say
 * @param prints a fingerprint of each item on this page: which it is and when it was added
 * @param uris a fingerprint of the items' URIs in their order, as {@link
 *     dev.playlistlake.model.run.UriPrefixes} has it
 * @param next where the next page begins; null if the page does not say
 * @param slots the items, empty if they were not requested
 */
public record Page(
    int total,
    boolean hasTotal,
    int limit,
    List<Long> prints,
    long uris,
    @Nullable NextPage next,
    List<PlaylistSlot> slots)
    implements Paged {
  public Page {
    prints = List.copyOf(prints);
    slots = List.copyOf(slots);
  }

  /** A page of which only numbers are known. */
  public static Page of(int total, int count) {
    return new Page(total, true, 0, Collections.nCopies(count, 0L), 0, null, List.of());
  }

  /** A copy without slots. */
  Page withoutSlots() {
    return new Page(total, hasTotal, limit, prints, uris, next, List.of());
  }

  @Override
  public int count() {
    return prints.size();
  }

  /**
   * The entries of pages in their order: a page with more entries than requested overlaps the next
   * one, and is cut there.
   *
   * @param pages by the number of entries before them
   */
  public static <P extends Paged, T> List<T> inOrder(
      TreeMap<Integer, P> pages, Function<P, ? extends Collection<? extends T>> entries) {
    TreeMap<Integer, T> byOffset = new TreeMap<>();
    pages.forEach(
        (offset, page) -> {
          int at = offset;
          for (T entry : entries.apply(page)) {
            byOffset.putIfAbsent(at++, entry);
          }
        });
    return List.copyOf(byOffset.values());
  }
}
