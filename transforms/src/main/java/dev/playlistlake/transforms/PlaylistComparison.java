package dev.playlistlake.transforms;

import dev.playlistlake.model.EventType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one playlist since the newest published day before. Created from the playlist's
 * rows, it takes the items of both days in any order, then returns the events. Time and memory grow
 * with the number of items, not with its square.
 */
final class PlaylistComparison {
  private final String playlistId;
  private final @Nullable Playlist before;
  private final @Nullable Playlist today;
  private final boolean notFound;
  private final List<Item> itemsBefore = new ArrayList<>();
  private final List<Item> itemsToday = new ArrayList<>();

  /** The parts of an item that events need; many are held at once, so nothing else is kept. */
  private record Item(int position, String uri, @Nullable String trackId, @Nullable String name) {}

  /**
   * A comparison, still without items.
   *
   * @param before the playlist's row of the day before; null if it had none
   * @param today its row of today; null if it has none
   * @param notFound whether Spotify did not find the playlist today
   */
  PlaylistComparison(
      String playlistId, @Nullable Playlist before, @Nullable Playlist today, boolean notFound) {
    this.playlistId = playlistId;
    this.before = before;
    this.today = today;
    this.notFound = notFound;
  }

  void addItemBefore(PlaylistItem item) {
    add(itemsBefore, item);
  }

  void addItemToday(PlaylistItem item) {
    add(itemsToday, item);
  }

  private void add(List<Item> items, PlaylistItem item) {
    if (item.itemUri() != null && comparesItems()) {
      items.add(new Item(item.position(), item.itemUri(), item.trackId(), item.itemName()));
    }
  }

  /** Items that were not read are not gone: both days must have them all. */
  private boolean comparesItems() {
    return before != null
        && today != null
        && before.readStatus().isComplete()
        && today.readStatus().isComplete();
  }

  /**
   * The events, in the order of their numbers.
   *
   * @param previousDay the day compared with, {@code YYYY-MM-DD}; null on the lake's first day
   */
  List<PlaylistEvent> events(@Nullable String previousDay) {
    Events events = new Events(playlistId, previousDay);
    if (before == null) {
      if (today != null && today.readStatus().isComplete()) {
        events.addValues(EventType.FIRST_SEEN, null, today.name());
      }
    } else if (today == null) {
      // Otherwise it only left the list, which is not an event.
      if (notFound) {
        events.addValues(EventType.GONE, before.name(), null);
      }
    } else {
      events.addIfChanged(EventType.RENAMED, before.name(), today.name());
      events.addIfChanged(EventType.REDESCRIBED, before.description(), today.description());
      compareItems(events);
    }
    return events.list;
  }

  private void compareItems(Events events) {
    Split onSideBefore = Split.of(itemsBefore, itemsToday);
    Split onSideToday = Split.of(itemsToday, itemsBefore);
    for (Item added : onSideToday.alone) {
      events.addItem(EventType.ADDED, added, null, added.position());
    }
    for (Item removed : onSideBefore.alone) {
      events.addItem(EventType.REMOVED, removed, removed.position(), null);
    }
    if (!onSideBefore.shared.equals(onSideToday.shared)) {
      events.addValues(EventType.REORDERED, null, null);
    }
  }

  /**
   * The items of one day, in the order of their positions.
   *
   * @param shared URIs of those that the other day has too. The numbers of copies can be left out:
   *     copies of a URI are numbered in order on both days, so two days that agree in URIs agree in
   *     numbers.
   * @param alone those that the other day does not have
   */
  private record Split(List<String> shared, List<Item> alone) {
    static Split of(List<Item> items, List<Item> others) {
      Map<String, Integer> copies = new HashMap<>();
      for (Item other : others) {
        copies.merge(other.uri(), 1, Integer::sum);
      }
      items.sort(Comparator.comparingInt(Item::position));
      Split split = new Split(new ArrayList<>(items.size()), new ArrayList<>());
      for (Item item : items) {
        // The first copies have a counterpart on the other day, as many as it has of them.
        int left = copies.merge(item.uri(), -1, Integer::sum);
        if (left >= 0) {
          split.shared.add(item.uri());
        } else {
          split.alone.add(item);
        }
      }
      return split;
    }
  }

  /** Events of a playlist, numbered as they are added. */
  private static final class Events {
    private final String playlistId;
    private final @Nullable String previousDay;
    private final List<PlaylistEvent> list = new ArrayList<>();

    Events(String playlistId, @Nullable String previousDay) {
      this.playlistId = playlistId;
      this.previousDay = previousDay;
    }

    void addIfChanged(EventType type, @Nullable String before, @Nullable String today) {
      // For a missing value Spotify sends null in some responses and '' in others.
      String valueBefore = before == null ? "" : before;
      String valueToday = today == null ? "" : today;
      if (!valueBefore.equals(valueToday)) {
        addValues(type, valueBefore, valueToday);
      }
    }

    void addValues(EventType type, @Nullable String valueBefore, @Nullable String valueAfter) {
      list.add(
          new PlaylistEvent(
              playlistId,
              list.size(),
              type,
              null,
              null,
              null,
              null,
              null,
              valueBefore,
              valueAfter,
              previousDay));
    }

    void addItem(
        EventType type,
        Item item,
        @Nullable Integer positionBefore,
        @Nullable Integer positionAfter) {
      list.add(
          new PlaylistEvent(
              playlistId,
              list.size(),
              type,
              item.trackId(),
              item.uri(),
              item.name(),
              positionBefore,
              positionAfter,
              null,
              null,
              previousDay));
    }
  }
}
