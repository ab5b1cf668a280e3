package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawDay;
import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.RawStore;
import dev.playlistlake.model.PriorReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a day's stored answers for playlists as the run that is replayed left them. */
final class PlaylistReplay {
  private final RawDay day;
  private final Freshness freshness;
  private final RawStore store;

  PlaylistReplay(RawDay day, Freshness freshness) {
    this.day = day;
    this.freshness = freshness;
    this.store = new RawStore(day, "playlist");
  }

  /** An object a playlist; those without one share what the run left for them, or nothing. */
  List<Landed> find(List<String> playlistIds, Map<String, PriorReading> before) {
    List<Landed> landed = new ArrayList<>();
    List<String> without = new ArrayList<>();
    List<String> told = new ArrayList<>();
    Set<String> stored = store.names();
    RawStore ofLibrary = LibraryLanding.store(day);
    Library library = Library.of(Optional.empty(), ofLibrary.find(ListingReading.NAME));
    for (String playlistId : playlistIds) {
      if (!stored.contains(playlistId) || !store.isWhole(playlistId)) {
        boolean isTold = library.tellsAllOf(playlistId, before.get(playlistId), freshness);
        (isTold ? told : without).add(playlistId);
        continue;
      }
      landed.add(PlaylistLanding.landed(store.path(playlistId), List.of(playlistId), before));
      String aside = PlaylistLanding.aside(day, playlistId);
      if (stored.contains(aside)) {
        RawObject better = RawObject.readWhole(store.path(playlistId));
        landed.add(
            PlaylistLanding.landedAside(
                store.path(aside), playlistId, better, before.get(playlistId)));
      }
    }
    if (!told.isEmpty()) {
      String listing = ofLibrary.path(ListingReading.NAME);
      landed.add(PlaylistLanding.landed(listing, told, before));
    }
    if (!without.isEmpty()) {
      String unasked = PlaylistLanding.unasked(day);
      String path = stored.contains(unasked) ? store.path(unasked) : "";
      landed.add(PlaylistLanding.landed(path, without, before));
    }
    return landed;
  }
}
