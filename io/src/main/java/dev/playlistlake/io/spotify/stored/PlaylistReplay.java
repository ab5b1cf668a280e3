package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.LibraryFetch;
import dev.playlistlake.io.spotify.users.UserPseudonyms;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a day's stored responses for playlists as the replayed run left them (decision 15). */
public final class PlaylistReplay {
  private final RawDay day;
  private final UserPseudonyms users;
  private final RawStore store;

  /**
   * A replay.
   *
   * @param users how this run shows them: the responses may have been stored differently
   */
  public PlaylistReplay(RawDay day, UserPseudonyms users) {
    this.day = day;
    this.users = users;
    this.store = new RawStore(day, "playlist");
  }

  /** One object per playlist; those without one share what the run left for them, or nothing. */
  public List<StoredResponseRef> find(List<ListEntry> list, Map<String, PreviousPlaylist> before) {
    List<StoredResponseRef> landed = new ArrayList<>();
    List<String> without = new ArrayList<>();
    List<String> listedIds = new ArrayList<>();
    Set<String> stored = store.names();
    Set<String> listed =
        Set.copyOf(LibraryList.ids(list.stream().filter(ListEntry::listed).toList()));
    store.readInOrder(
        LibraryList.ids(list),
        storedId ->
            listed.contains(storedId)
                ? List.<StoredResponseRef>of()
                : find(storedId, stored, before),
        (storedId, found) -> {
          landed.addAll(found);
          if (listed.contains(storedId)) {
            listedIds.add(users.shownPlaylist(storedId));
          } else if (found.isEmpty()) {
            without.add(users.shownPlaylist(storedId));
          }
        });
    if (!listedIds.isEmpty()) {
      String listing = StoredLibrary.path(day, LibraryFetch.NAME).orElse("");
      landed.add(StoredPlaylists.landed(listing, listedIds, before));
    }
    if (!without.isEmpty()) {
      String unasked = StoredPlaylists.unasked(day);
      String path = stored.contains(unasked) ? store.path(unasked) : "";
      landed.add(StoredPlaylists.landed(path, without, before));
    }
    return new WithheldPlaylists(store, before).fromListing(landed, list, this::listing);
  }

  private Optional<WithheldPlaylists.Listing> listing() {
    return StoredLibrary.path(day, LibraryFetch.NAME)
        .map(
            path ->
                new WithheldPlaylists.Listing(
                    path, Library.of(RawObject.readOrAbsent(path)).listed().keySet()));
  }

  /** A playlist's own object and that of a failed attempt beside it; empty if it has none. */
  private List<StoredResponseRef> find(
      String storedId, Set<String> stored, Map<String, PreviousPlaylist> before) {
    if (!stored.contains(storedId) || !store.isWhole(storedId)) {
      return List.of();
    }
    String playlistId = users.shownPlaylist(storedId);
    StoredResponseRef own =
        StoredPlaylists.landed(store.path(storedId), List.of(playlistId), before);
    String aside = StoredPlaylists.aside(day, storedId);
    if (!stored.contains(aside)) {
      return List.of(own);
    }
    // So far only its end was read; the rest may still be damaged.
    RawObject better = RawObject.readOrAbsent(store.path(storedId));
    return List.of(
        own,
        StoredPlaylists.landedAside(store.path(aside), playlistId, better, before.get(playlistId)));
  }
}
