package dev.playlistlake.transforms;

import static dev.playlistlake.transforms.TwoDays.PREVIOUS_DAY;
import static dev.playlistlake.transforms.TwoDays.playlist;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.model.EventType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.transforms.TwoDays.Items;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds for the events of any two days of a playlist that is complete on both. */
class EventPropertiesTest {
  private static final Playlist WHOLE = playlist("p", ReadStatus.READ, "Name", "Words");

  @Property
  void appliedToTheDayBeforeTheyGiveToday(@ForAll("items") Items items) {
    List<String> uris = uris(items.before());
    for (PlaylistEvent removed : of(EventType.REMOVED, events(items))) {
      assertThat("there to be removed", uris.remove(uri(removed)), is(true));
    }
    of(EventType.ADDED, events(items)).forEach(added -> uris.add(uri(added)));
    assertThat(sorted(uris), equalTo(sorted(uris(items.today()))));
  }

  @Property
  void additionsAreAsManyAsTodayHasMore(@ForAll("items") Items items) {
    List<String> more = uris(items.today());
    // Takes away one copy for each copy; removeAll would take them all.
    uris(items.before()).forEach(more::remove);
    assertThat(of(EventType.ADDED, events(items)).size(), is(more.size()));
  }

  @Property
  void reorderedMeansThatTwoItemsHaveChangedPlaces(@ForAll("items") Items items) {
    boolean changed = false;
    for (PlaylistItem one : items.before()) {
      for (PlaylistItem other : items.before()) {
        int oneToday = placeToday(one, items);
        int otherToday = placeToday(other, items);
        changed |=
            oneToday >= 0
                && otherToday >= 0
                && one.position() < other.position()
                && oneToday > otherToday;
      }
    }
    assertThat(of(EventType.REORDERED, events(items)).size(), is(changed ? 1 : 0));
  }

  @Property
  void ofItemsThatDidNotChangeThereAreNone(@ForAll("items") Items items) {
    assertThat(events(new Items(items.today(), items.today())), empty());
  }

  @Property
  void seenBackwardsAdditionsAreRemovals(@ForAll("items") Items items) {
    List<PlaylistEvent> forwards = events(items);
    List<PlaylistEvent> backwards = events(items.swapped());
    assertThat(
        of(EventType.ADDED, forwards).stream().map(EventPropertiesTest::slotToday).toList(),
        equalTo(
            of(EventType.REMOVED, backwards).stream()
                .map(EventPropertiesTest::slotBefore)
                .toList()));
    assertThat(
        of(EventType.REMOVED, forwards).stream().map(EventPropertiesTest::slotBefore).toList(),
        equalTo(
            of(EventType.ADDED, backwards).stream().map(EventPropertiesTest::slotToday).toList()));
    assertThat(
        of(EventType.REORDERED, forwards).size(), is(of(EventType.REORDERED, backwards).size()));
  }

  @Property
  void theyTellTheItemThatStandsAtTheirPosition(@ForAll("items") Items items) {
    for (PlaylistEvent added : of(EventType.ADDED, events(items))) {
      assertThat(added.positionBefore() == null, is(true));
      assertThat(items.today().stream().map(Slot::of).toList(), hasItem(slotToday(added)));
    }
    for (PlaylistEvent removed : of(EventType.REMOVED, events(items))) {
      assertThat(removed.positionAfter() == null, is(true));
      assertThat(items.before().stream().map(Slot::of).toList(), hasItem(slotBefore(removed)));
    }
  }

  @Property
  void theyDoNotDependOnTheOrderOfArrival(@ForAll("items") Items items, @ForAll Random random) {
    List<PlaylistItem> before = new ArrayList<>(items.before());
    List<PlaylistItem> today = new ArrayList<>(items.today());
    Collections.shuffle(before, random);
    Collections.shuffle(today, random);
    assertThat(events(new Items(before, today)), equalTo(events(items)));
  }

  @Property
  void theyAreNumberedInTheirOrder(@ForAll("days") TwoDays days) {
    for (String id : days.playlistIds()) {
      List<PlaylistEvent> events = events(days, id);
      assertThat(
          events.stream().map(PlaylistEvent::eventSeq).toList(),
          equalTo(IntStream.range(0, events.size()).boxed().toList()));
      assertThat(
          events,
          equalTo(
              events.stream()
                  .sorted(
                      comparing(PlaylistEvent::eventType)
                          .thenComparing(PlaylistEvent::positionBefore, nullsFirst(naturalOrder()))
                          .thenComparing(PlaylistEvent::positionAfter, nullsFirst(naturalOrder())))
                  .toList()));
      assertThat(
          events.stream().allMatch(event -> PREVIOUS_DAY.equals(event.previousIngestDate())),
          is(true));
    }
  }

  @Property(tries = 3000)
  void theyAreWhatTheDefinitionSays(@ForAll("days") TwoDays days) {
    List<PlaylistEvent> events =
        days.playlistIds().stream().flatMap(id -> events(days, id).stream()).toList();
    assertThat(events, equalTo(days.naiveEvents()));
  }

  @Provide
  Arbitrary<Items> items() {
    return TwoDays.items();
  }

  @Provide
  Arbitrary<TwoDays> days() {
    return TwoDays.any(3);
  }

  private static List<PlaylistEvent> events(Items items) {
    PlaylistComparison comparison = new PlaylistComparison("p", WHOLE, WHOLE, false);
    items.before().forEach(comparison::addItemBefore);
    items.today().forEach(comparison::addItemToday);
    return comparison.events(PREVIOUS_DAY);
  }

  private static List<PlaylistEvent> events(TwoDays days, String id) {
    PlaylistComparison comparison =
        new PlaylistComparison(
            id, row(days.before(), id), row(days.today(), id), days.notFound().contains(id));
    days.itemsBefore().stream()
        .filter(item -> item.playlistId().equals(id))
        .forEach(comparison::addItemBefore);
    days.itemsToday().stream()
        .filter(item -> item.playlistId().equals(id))
        .forEach(comparison::addItemToday);
    return comparison.events(PREVIOUS_DAY);
  }

  private static @Nullable Playlist row(List<Playlist> rows, String id) {
    return rows.stream().filter(row -> row.playlistId().equals(id)).findFirst().orElse(null);
  }

  private static List<PlaylistEvent> of(EventType type, List<PlaylistEvent> events) {
    return events.stream().filter(event -> event.eventType() == type).toList();
  }

  /** The URIs of the items that have one, to be changed. */
  private static List<String> uris(List<PlaylistItem> items) {
    List<String> uris = new ArrayList<>();
    for (PlaylistItem item : items) {
      if (item.itemUri() != null) {
        uris.add(item.itemUri());
      }
    }
    return uris;
  }

  private static List<String> sorted(List<String> uris) {
    return uris.stream().sorted().toList();
  }

  /** Where the same copy of an item of the day before stands today; -1 where it does not. */
  private static int placeToday(PlaylistItem item, Items items) {
    if (item.itemUri() == null) {
      return -1;
    }
    List<PlaylistItem> copiesToday = copies(item.itemUri(), items.today());
    int number = copies(item.itemUri(), items.before()).indexOf(item);
    return number < copiesToday.size() ? copiesToday.get(number).position() : -1;
  }

  private static List<PlaylistItem> copies(String uri, List<PlaylistItem> items) {
    return items.stream().filter(item -> uri.equals(item.itemUri())).toList();
  }

  private static String uri(PlaylistEvent event) {
    return Objects.requireNonNull(event.itemUri());
  }

  /** A place and what is told of the item in it. */
  private record Slot(
      @Nullable Integer position,
      @Nullable String uri,
      @Nullable String trackId,
      @Nullable String name) {
    static Slot of(PlaylistItem item) {
      return new Slot(item.position(), item.itemUri(), item.trackId(), item.itemName());
    }
  }

  private static Slot slotBefore(PlaylistEvent event) {
    return new Slot(event.positionBefore(), event.itemUri(), event.trackId(), event.itemName());
  }

  private static Slot slotToday(PlaylistEvent event) {
    return new Slot(event.positionAfter(), event.itemUri(), event.trackId(), event.itemName());
  }
}
