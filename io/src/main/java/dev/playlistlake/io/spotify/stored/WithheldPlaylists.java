package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Spotify's own playlists in a user's library. Most apps get a 404 for them, so what is known of
 * them is what the listing shows: their rows come from it (decision 24).
 *
 * @param store the playlists' own objects
 * @param before the state of playlists on the day before, by id
 */
public record WithheldPlaylists(RawStore store, Map<String, PreviousPlaylist> before) {

  /**
   * A stored listing.
   *
   * @param ids the playlists in it
   */
  public record Listing(String path, Set<String> ids) {}

  /**
   * Takes withheld playlists from the objects that record their refusal to the listing.
   *
   * @param landed the stored objects of a run
   * @param list its list
   * @param listing looked at only if a playlist is withheld
   */
  public List<StoredResponseRef> fromListing(
      List<StoredResponseRef> landed, List<ListEntry> list, Supplier<Optional<Listing>> listing) {
    Set<String> withheld = withheld(landed, list);
    Listing found = withheld.isEmpty() ? null : listing.get().orElse(null);
    if (found == null) {
      return landed;
    }
    withheld.retainAll(found.ids());
    List<StoredResponseRef> moved = new ArrayList<>();
    List<String> rowsOfListing = new ArrayList<>();
    Map<String, PreviousPlaylist> beforeOfListing = new HashMap<>();
    for (StoredResponseRef ref : landed) {
      if (ref.path().equals(found.path())) {
        rowsOfListing.addAll(ref.rowsOf());
        beforeOfListing.putAll(ref.before());
      } else if (isOwn(ref) && withheld.contains(ref.rowsOf().get(0))) {
        moved.add(StoredResponseRef.forTheCount(ref.kind(), ref.path()));
      } else {
        moved.add(ref);
      }
    }
    for (String id : withheld) {
      PreviousPlaylist known = before.get(id);
      if (known != null) {
        beforeOfListing.put(id, known);
      }
    }
    moved.add(
        new StoredResponseRef(
            SubjectType.PLAYLIST,
            found.path(),
            rowsOfListing,
            List.copyOf(withheld),
            beforeOfListing));
    return moved;
  }

  private Set<String> withheld(List<StoredResponseRef> landed, List<ListEntry> list) {
    Set<String> candidates = new TreeSet<>();
    for (ListEntry entry : list) {
      String id = entry.playlistId();
      if (id != null
          && entry.given().equals(ListEntry.ME)
          && !entry.listed()
          && SpotifyIds.isSpotifysOwn(id)) {
        candidates.add(id);
      }
    }
    Set<String> withheld = new TreeSet<>();
    if (!candidates.isEmpty()) {
      for (StoredResponseRef ref : landed) {
        if (isOwn(ref) && candidates.contains(ref.rowsOf().get(0)) && isRefusal(ref.path())) {
          withheld.add(ref.rowsOf().get(0));
        }
      }
    }
    return withheld;
  }

  /** Whether an object is that of one playlist alone. */
  private boolean isOwn(StoredResponseRef ref) {
    return ref.rowsOf().size() == 1 && ref.path().equals(store.path(ref.rowsOf().get(0)));
  }

  private static boolean isRefusal(String path) {
    RawObject stored = RawObject.readOrAbsent(path);
    return stored.outcome() == RawOutcome.REJECTED
        && Reason.NOT_READABLE_BY_THIS_APP.equals(stored.reason());
  }
}
