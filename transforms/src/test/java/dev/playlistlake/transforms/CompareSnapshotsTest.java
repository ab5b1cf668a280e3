package dev.playlistlake.transforms;

import static dev.playlistlake.transforms.TwoDays.PREVIOUS_DAY;
import static dev.playlistlake.transforms.TwoDays.playlist;
import static dev.playlistlake.transforms.TwoDays.tracks;

import dev.playlistlake.model.EventType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The transform brings the right rows together; the rules are in PlaylistComparisonTest. */
class CompareSnapshotsTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  private final List<Playlist> before = new ArrayList<>();
  private final List<PlaylistItem> itemsBefore = new ArrayList<>();
  private final List<Playlist> today = new ArrayList<>();
  private final List<PlaylistItem> itemsToday = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  @Test
  void eachPlaylistIsComparedWithItself() {
    before.add(playlist("changed", ReadStatus.READ, "Old name", null));
    itemsBefore.addAll(tracks("changed", "a", "b", "c"));
    today.add(playlist("changed", ReadStatus.READ, "New name", null));
    itemsToday.addAll(tracks("changed", "d", "c", "b"));
    before.add(playlist("same", ReadStatus.READ, "Same", null));
    itemsBefore.addAll(tracks("same", "a"));
    today.add(playlist("same", ReadStatus.UNCHANGED, "Same", ""));
    itemsToday.addAll(tracks("same", "a"));
    today.add(playlist("new", ReadStatus.READ, "New here", null));
    itemsToday.addAll(tracks("new", "a"));
    before.add(playlist("gone", ReadStatus.STALE, "Gone", null));
    itemsBefore.addAll(tracks("gone", "a"));
    for (String id : List.of("gone", "never had", "gone")) {
      rejections.add(Rejection.ofPlaylist(id, Reason.NOT_FOUND));
    }
    rejections.add(Rejection.ofPlaylist("left the list", Reason.TIMEOUT));
    before.add(playlist("left the list", ReadStatus.READ, "Left", null));
    itemsBefore.addAll(tracks("left the list", "a"));

    PAssert.that(events(PREVIOUS_DAY))
        .containsInAnyOrder(
            values("changed", 0, EventType.RENAMED, "Old name", "New name", PREVIOUS_DAY),
            item("changed", 1, EventType.ADDED, "d", null, 0),
            item("changed", 2, EventType.REMOVED, "a", 0, null),
            values("changed", 3, EventType.REORDERED, null, null, PREVIOUS_DAY),
            values("new", 0, EventType.FIRST_SEEN, null, "New here", PREVIOUS_DAY),
            values("gone", 0, EventType.GONE, "Gone", null, PREVIOUS_DAY));
    beam.run();
  }

  @Test
  void onTheFirstDayWhatIsCompleteIsFirstSeen() {
    today.add(playlist("whole", ReadStatus.READ, "Whole", null));
    itemsToday.addAll(tracks("whole", "a", "b"));
    today.add(playlist("part", ReadStatus.INCOMPLETE, "Part", null));
    itemsToday.addAll(tracks("part", "a"));
    rejections.add(Rejection.ofPlaylist("unknown", Reason.NOT_FOUND));
    PAssert.that(events(null))
        .containsInAnyOrder(values("whole", 0, EventType.FIRST_SEEN, null, "Whole", null));
    beam.run();
  }

  @Test
  void withoutRowsThereAreNoEvents() {
    PAssert.that(events(PREVIOUS_DAY)).empty();
    beam.run();
  }

  @Test
  void itemsOfNoPlaylistMakeNone() {
    itemsBefore.add(Rows.track("nowhere", 0, "a"));
    itemsToday.add(Rows.track("nowhere", 0, "b"));
    PAssert.that(events(PREVIOUS_DAY)).empty();
    beam.run();
  }

  private PCollection<PlaylistEvent> events(@Nullable String previousDay) {
    return new Snapshot(
            rows("today", today, Playlist.class),
            rows("items today", itemsToday, PlaylistItem.class))
        .apply(
            "Compare snapshots",
            CompareSnapshots.with(
                new Snapshot(
                    rows("before", before, Playlist.class),
                    rows("items before", itemsBefore, PlaylistItem.class)),
                rows("rejections", rejections, Rejection.class),
                previousDay));
  }

  private <T> PCollection<T> rows(String name, List<T> rows, Class<T> type) {
    return beam.pipeline().apply(name, Create.of(rows).withType(TypeDescriptor.of(type)));
  }

  private static PlaylistEvent values(
      String id,
      int seq,
      EventType type,
      @Nullable String before,
      @Nullable String after,
      @Nullable String previousDay) {
    return new PlaylistEvent(
        id, seq, type, null, null, null, null, null, before, after, previousDay);
  }

  private static PlaylistEvent item(
      String id,
      int seq,
      EventType type,
      String trackId,
      @Nullable Integer before,
      @Nullable Integer after) {
    return new PlaylistEvent(
        id,
        seq,
        type,
        trackId,
        "spotify:track:" + trackId,
        "Song " + trackId,
        before,
        after,
        null,
        null,
        PREVIOUS_DAY);
  }
}
