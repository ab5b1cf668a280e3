package dev.playlistlake.transforms;

import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.testing.NaiveEvents;
import dev.playlistlake.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Rows of two days, and how to make them up: small, with many copies of few items. */
record TwoDays(
    List<Playlist> before,
    List<PlaylistItem> itemsBefore,
    List<Playlist> today,
    List<PlaylistItem> itemsToday,
    Set<String> notFound) {
  static final String PREVIOUS_DAY = "2026-11-19";

  /** The items of one playlist on both days, in the order of their positions. */
  record Items(List<PlaylistItem> before, List<PlaylistItem> today) {
    Items swapped() {
      return new Items(today, before);
    }
  }

  /** What stands in a place of a playlist. */
  private record Slot(@Nullable String uri, String name) {
    PlaylistItem at(String playlistId, int position) {
      if (uri == null) {
        return new PlaylistItem(
            playlistId, position, ItemType.UNAVAILABLE, null, null, null, null, null);
      }
      boolean local = uri.startsWith("local");
      return new PlaylistItem(
          playlistId,
          position,
          local ? ItemType.LOCAL : ItemType.TRACK,
          local ? null : uri,
          "spotify:" + uri,
          name,
          Rows.NOON,
          "somebody");
    }
  }

  private record Row(ReadStatus status, @Nullable String name, @Nullable String description) {
    Playlist of(String playlistId) {
      return playlist(playlistId, status, name, description);
    }
  }

  /** What becomes of a playlist from one day to the next; a row that is null is none. */
  private record Fate(@Nullable Row before, @Nullable Row today, Items items, boolean notFound) {}

  private enum On {
    BEFORE,
    TODAY,
    BOTH
  }

  private record Marked(Slot slot, On on) {}

  List<PlaylistEvent> naiveEvents() {
    return NaiveEvents.between(before, itemsBefore, today, itemsToday, notFound, PREVIOUS_DAY);
  }

  /** The ids of all playlists that have a row on one of the days, in order. */
  Set<String> playlistIds() {
    Set<String> ids = new TreeSet<>();
    before.forEach(playlist -> ids.add(playlist.playlistId()));
    today.forEach(playlist -> ids.add(playlist.playlistId()));
    return ids;
  }

  static Playlist playlist(
      String id, ReadStatus status, @Nullable String name, @Nullable String description) {
    return new Playlist(
        id,
        name,
        description,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        status,
        null,
        null);
  }

  /** Tracks of a playlist at the positions 0, 1, ... */
  static List<PlaylistItem> tracks(String playlistId, String... trackIds) {
    List<PlaylistItem> tracks = new ArrayList<>();
    for (String trackId : trackIds) {
      tracks.add(Rows.track(playlistId, tracks.size(), trackId));
    }
    return tracks;
  }

  /** Playlists p0, p1, ... in any state, with any items. */
  static Arbitrary<TwoDays> any(int mostPlaylists) {
    Arbitrary<Row> row =
        Combinators.combine(
                // Most are complete: only then items count.
                Arbitraries.frequency(
                    Tuple.of(4, ReadStatus.READ),
                    Tuple.of(2, ReadStatus.UNCHANGED),
                    Tuple.of(2, ReadStatus.STALE),
                    Tuple.of(1, ReadStatus.INCOMPLETE),
                    Tuple.of(1, ReadStatus.METADATA_ONLY)),
                Arbitraries.of("", "One", "Two").injectNull(0.2),
                Arbitraries.of("", "Words").injectNull(0.2))
            .as(Row::new);
    return Combinators.combine(
            row.injectNull(0.2), row.injectNull(0.2), items(), Arbitraries.of(true, false))
        .as(Fate::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(mostPlaylists)
        .map(TwoDays::of);
  }

  private static TwoDays of(List<Fate> fates) {
    TwoDays days =
        new TwoDays(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new TreeSet<>());
    for (int i = 0; i < fates.size(); i++) {
      days.add("p" + i, fates.get(i));
    }
    return days;
  }

  private void add(String id, Fate fate) {
    if (fate.before() != null) {
      before.add(fate.before().of(id));
      fate.items().before().forEach(item -> itemsBefore.add(in(id, item)));
    }
    if (fate.today() != null) {
      today.add(fate.today().of(id));
      fate.items().today().forEach(item -> itemsToday.add(in(id, item)));
    }
    if (fate.notFound()) {
      notFound.add(id);
    }
  }

  private static PlaylistItem in(String playlistId, PlaylistItem item) {
    return new PlaylistItem(
        playlistId,
        item.position(),
        item.itemType(),
        item.trackId(),
        item.itemUri(),
        item.itemName(),
        item.addedAt(),
        item.addedBy());
  }

  /** Unrelated sides, the same items in another order, and edits that leave the order alone. */
  static Arbitrary<Items> items() {
    Arbitrary<List<Slot>> slots = slot().list().ofMaxSize(9);
    Arbitrary<Items> unrelated = Combinators.combine(slots, slots).as(TwoDays::items);
    Arbitrary<Items> shuffled =
        slots.flatMap(before -> Arbitraries.shuffle(before).map(today -> items(before, today)));
    Arbitrary<Items> edited =
        Combinators.combine(slot(), Arbitraries.of(On.class))
            .as(Marked::new)
            .list()
            .ofMaxSize(12)
            .map(marked -> items(on(marked, On.BEFORE), on(marked, On.TODAY)));
    return Arbitraries.oneOf(unrelated, shuffled, edited);
  }

  private static Arbitrary<Slot> slot() {
    return Combinators.combine(
            Arbitraries.of("track:a", "track:b", "track:c", "local:d").injectNull(0.1),
            Arbitraries.of("Song", "Song (live)"))
        .as(Slot::new);
  }

  private static Items items(List<Slot> before, List<Slot> today) {
    return new Items(items(before), items(today));
  }

  private static List<PlaylistItem> items(List<Slot> slots) {
    List<PlaylistItem> items = new ArrayList<>();
    for (Slot slot : slots) {
      items.add(slot.at("p", items.size()));
    }
    return items;
  }

  private static List<Slot> on(List<Marked> marked, On day) {
    return marked.stream()
        .filter(slot -> slot.on() == day || slot.on() == On.BOTH)
        .map(Marked::slot)
        .toList();
  }
}
