package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.model.ListEntry;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Whether a day is certain to need a request, told from what is stored, without reading bodies. */
public final class DayNeedsFetching {
  private DayNeedsFetching() {}

  /**
   * Whether something of the list has no final response of the day. False if all has, or if that
   * cannot be told before the library is read.
   *
   * @param entries with ids as they are stored
   * @param mine which playlists {@code me} stands for
   */
  public static boolean isCertain(
      List<ListEntry> entries, LibraryScope mine, RawDay day, RefreshPolicy refreshPolicy) {
    List<String> ids =
        entries.stream().map(ListEntry::playlistId).filter(Objects::nonNull).distinct().toList();
    boolean me = StoredLibrary.isWanted(entries, ListEntry.ME);
    boolean liked = StoredLibrary.isWanted(entries, ListEntry.LIKED);
    if (!refreshPolicy.countsEarlier()) {
      return me || liked || !ids.isEmpty();
    }
    StoredLibrary.Stored library = StoredLibrary.stored(day, refreshPolicy);
    if ((me && !library.listing())
        || ((liked || (me && mine == LibraryScope.OWNED)) && !library.user())) {
      return true;
    }
    RawStore store = new RawStore(day, "playlist");
    Set<String> stored = store.names();
    return ids.stream()
        .anyMatch(
            id ->
                !stored.contains(id)
                    || store.end(id).filter(refreshPolicy::isFinalEarlier).isEmpty());
  }
}
