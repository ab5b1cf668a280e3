package dev.playlistlake.transforms;

import static dev.playlistlake.transforms.TwoDays.PREVIOUS_DAY;
import static dev.playlistlake.transforms.TwoDays.playlist;
import static dev.playlistlake.transforms.TwoDays.tracks;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.playlistlake.model.EventType;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.testing.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the events by an example; what holds for all of them is in EventPropertiesTest. */
class PlaylistComparisonTest {
  private static final Playlist READ = playlist("p", ReadStatus.READ, "Name", "Words");

  static List<ReadStatus> complete() {
    return List.of(ReadStatus.READ, ReadStatus.UNCHANGED, ReadStatus.STALE);
  }

  static List<ReadStatus> incomplete() {
    return List.of(
        ReadStatus.INCOMPLETE, ReadStatus.METADATA_ONLY, new ReadStatus("OF_A_LATER_VERSION"));
  }

  static Stream<ReadStatus> statuses() {
    return Stream.concat(complete().stream(), incomplete().stream());
  }

  @ParameterizedTest
  @CsvSource({
    "READ,true",
    "UNCHANGED,true",
    "STALE,true",
    "INCOMPLETE,false",
    "METADATA_ONLY,false"
  })
  void aPlaylistIsFirstSeenWhenItIsComplete(ReadStatus status, boolean told) {
    PlaylistComparison comparison =
        new PlaylistComparison("p", null, playlist("p", status, "Name", "Words"), false);
    comparison.addItemToday(Rows.track("p", 0, "a"));
    List<PlaylistEvent> events = comparison.events(PREVIOUS_DAY);
    if (told) {
      assertThat(events, contains(values(0, EventType.FIRST_SEEN, null, "Name")));
    } else {
      assertThat(events, empty());
    }
  }

  @Test
  void theFirstDayHasNoDayBefore() {
    PlaylistEvent event = new PlaylistComparison("p", null, READ, false).events(null).get(0);
    assertThat(event.eventType(), is(EventType.FIRST_SEEN));
    assertThat(event.previousIngestDate() == null, is(true));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aPlaylistThatSpotifyNoLongerKnowsIsGone(ReadStatus before) {
    PlaylistComparison comparison =
        new PlaylistComparison("p", playlist("p", before, "Name", "Words"), null, true);
    comparison.addItemBefore(Rows.track("p", 0, "a"));
    assertThat(comparison.events(PREVIOUS_DAY), contains(values(0, EventType.GONE, "Name", null)));
  }

  @Test
  void leavingTheListIsNoEvent() {
    assertThat(new PlaylistComparison("p", READ, null, false).events(PREVIOUS_DAY), empty());
  }

  @Test
  void aPlaylistThatHasARowIsNotGone() {
    assertThat(new PlaylistComparison("p", READ, READ, true).events(PREVIOUS_DAY), empty());
  }

  @Test
  void aPlaylistNeverHadIsNotGone() {
    assertThat(new PlaylistComparison("p", null, null, true).events(PREVIOUS_DAY), empty());
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void namesAndDescriptionsAreComparedWhateverTheStatus(ReadStatus status) {
    Playlist today = playlist("p", status, "New name", "New words");
    assertThat(
        new PlaylistComparison("p", READ, today, false).events(PREVIOUS_DAY),
        contains(
            values(0, EventType.RENAMED, "Name", "New name"),
            values(1, EventType.REDESCRIBED, "Words", "New words")));
    assertThat(
        new PlaylistComparison("p", today, READ, false).events(PREVIOUS_DAY),
        contains(
            values(0, EventType.RENAMED, "New name", "Name"),
            values(1, EventType.REDESCRIBED, "New words", "Words")));
  }

  @Test
  void noNameAndAnEmptyNameAreTheSame() {
    Playlist none = playlist("p", ReadStatus.READ, null, null);
    Playlist blank = playlist("p", ReadStatus.READ, "", "");
    assertThat(new PlaylistComparison("p", none, blank, false).events(PREVIOUS_DAY), empty());
    assertThat(
        new PlaylistComparison("p", none, READ, false).events(PREVIOUS_DAY),
        contains(
            values(0, EventType.RENAMED, "", "Name"),
            values(1, EventType.REDESCRIBED, "", "Words")));
    assertThat(
        new PlaylistComparison("p", READ, none, false).events(PREVIOUS_DAY),
        contains(
            values(0, EventType.RENAMED, "Name", ""),
            values(1, EventType.REDESCRIBED, "Words", "")));
  }

  @Test
  void additionsTellTheItemOfTodayAndRemovalsThatOfTheDayBefore() {
    assertThat(
        events(tracks("p", "a", "b", "c"), tracks("p", "x", "a", "c", "y")),
        contains(
            item(0, EventType.ADDED, "x", null, 0),
            item(1, EventType.ADDED, "y", null, 3),
            item(2, EventType.REMOVED, "b", 1, null)));
  }

  @Test
  void anotherOrderIsOneRowWithoutAnItem() {
    assertThat(
        events(tracks("p", "a", "b", "c"), tracks("p", "c", "b", "a")),
        contains(values(0, EventType.REORDERED, null, null)));
  }

  @Test
  void itemsThatMakeRoomAreNotReordered() {
    assertThat(
        events(tracks("p", "a", "b"), tracks("p", "x", "a", "y", "b")),
        contains(item(0, EventType.ADDED, "x", null, 0), item(1, EventType.ADDED, "y", null, 2)));
  }

  @Test
  void ofSeveralCopiesTheLastOnesAreAddedAndRemoved() {
    assertThat(
        events(tracks("p", "a", "b"), tracks("p", "a", "b", "a", "a")),
        contains(item(0, EventType.ADDED, "a", null, 2), item(1, EventType.ADDED, "a", null, 3)));
    assertThat(
        events(tracks("p", "a", "a", "b"), tracks("p", "a", "b")),
        contains(item(0, EventType.REMOVED, "a", 1, null)));
  }

  /** The first copy before is the first copy after, wherever it stands. */
  @Test
  void aCopyAddedInFrontMovesTheOthers() {
    assertThat(
        events(tracks("p", "b", "a"), tracks("p", "a", "b", "a")),
        contains(
            item(0, EventType.ADDED, "a", null, 2), values(1, EventType.REORDERED, null, null)));
  }

  @Test
  void whenAndByWhomAnItemWasAddedDoesNotMatter() {
    PlaylistItem item = Rows.track("p", 0, "a");
    PlaylistItem addedAgain =
        new PlaylistItem(
            "p", 0, ItemType.TRACK, "a", item.itemUri(), "New title", Instant.EPOCH, "another");
    assertThat(events(List.of(item), List.of(addedAgain)), empty());
  }

  @Test
  void itemsWithoutUriMakeNoEvent() {
    PlaylistItem unavailable =
        new PlaylistItem("p", 1, ItemType.UNAVAILABLE, null, null, null, null, null);
    PlaylistItem first = Rows.track("p", 0, "a");
    assertThat(events(List.of(first), List.of(first, unavailable)), empty());
    assertThat(events(List.of(first, unavailable), List.of(first)), empty());
  }

  @Test
  void localFilesAndEpisodesHaveNoTrackId() {
    PlaylistItem local =
        new PlaylistItem("p", 0, ItemType.LOCAL, null, "spotify:local:::x:1", "x", null, null);
    assertThat(
        events(List.of(), List.of(local)),
        contains(
            new PlaylistEvent(
                "p",
                0,
                EventType.ADDED,
                null,
                "spotify:local:::x:1",
                "x",
                null,
                0,
                null,
                null,
                PREVIOUS_DAY)));
  }

  @ParameterizedTest
  @MethodSource("incomplete")
  void itemsAreNotComparedWhereOneDayLacksSome(ReadStatus lacking) {
    Playlist partly = playlist("p", lacking, "Name", "Words");
    assertThat(events(READ, tracks("p", "a"), partly, tracks("p", "b")), empty());
    assertThat(events(partly, tracks("p", "a"), READ, tracks("p", "b")), empty());
  }

  @ParameterizedTest
  @MethodSource("complete")
  void itemsAreComparedWhereBothDaysHaveThemAll(ReadStatus complete) {
    Playlist whole = playlist("p", complete, "Name", "Words");
    assertThat(events(READ, tracks("p"), whole, tracks("p", "b")), hasSize(1));
    assertThat(events(whole, tracks("p"), READ, tracks("p", "b")), hasSize(1));
  }

  @Test
  void eventsAreNumberedInTheOrderOfTheirTypes() {
    assertThat(
        events(
            READ,
            tracks("p", "a", "b", "c"),
            playlist("p", ReadStatus.READ, "New", ""),
            tracks("p", "d", "c", "b")),
        contains(
            values(0, EventType.RENAMED, "Name", "New"),
            values(1, EventType.REDESCRIBED, "Words", ""),
            item(2, EventType.ADDED, "d", null, 0),
            item(3, EventType.REMOVED, "a", 0, null),
            values(4, EventType.REORDERED, null, null)));
  }

  /** Many minutes, if each item looked at all others. */
  @Test
  void longPlaylistsAreComparedInATimeThatGrowsWithThem() {
    int items = 200_000;
    List<PlaylistItem> before = longPlaylist(items, i -> "t" + i);
    List<PlaylistItem> reversed = longPlaylist(items, i -> "t" + (items - 1 - i));
    List<PlaylistItem> copies = longPlaylist(items, i -> "t" + i % 2);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThat(events(before, before), empty());
          assertThat(events(before, reversed), hasSize(1));
          assertThat(events(copies, copies), empty());
          assertThat(events(before, copies), hasSize(2 * (items - 2)));
        });
  }

  private static List<PlaylistItem> longPlaylist(int items, IntFunction<String> trackId) {
    List<PlaylistItem> playlist = new ArrayList<>(items);
    for (int i = 0; i < items; i++) {
      playlist.add(Rows.track("p", i, trackId.apply(i)));
    }
    return playlist;
  }

  private static List<PlaylistEvent> events(List<PlaylistItem> before, List<PlaylistItem> today) {
    return events(READ, before, READ, today);
  }

  private static List<PlaylistEvent> events(
      Playlist before,
      List<PlaylistItem> itemsBefore,
      Playlist today,
      List<PlaylistItem> itemsToday) {
    PlaylistComparison comparison = new PlaylistComparison("p", before, today, false);
    itemsBefore.forEach(comparison::addItemBefore);
    itemsToday.forEach(comparison::addItemToday);
    return comparison.events(PREVIOUS_DAY);
  }

  private static PlaylistEvent values(
      int seq, EventType type, @Nullable String before, @Nullable String after) {
    return new PlaylistEvent(
        "p", seq, type, null, null, null, null, null, before, after, PREVIOUS_DAY);
  }

  private static PlaylistEvent item(
      int seq, EventType type, String trackId, @Nullable Integer before, @Nullable Integer after) {
    return new PlaylistEvent(
        "p",
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
