package dev.playlistlake.testing;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.playlistlake.model.EventType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The events between two days, implemented a second time from their definition alone (decision 13):
 * it numbers each copy of an item, looks up the copies one by one and sorts the rows at the end. A
 * test oracle; it shares no code with what it checks.
 */
public final class NaiveEvents {
  private static final Set<ReadStatus> COMPLETE =
      Set.of(ReadStatus.READ, ReadStatus.UNCHANGED, ReadStatus.STALE);

  private static final Comparator<PlaylistEvent> ORDER =
      comparing(PlaylistEvent::eventType)
          .thenComparing(PlaylistEvent::positionBefore, nullsFirst(naturalOrder()))
          .thenComparing(PlaylistEvent::positionAfter, nullsFirst(naturalOrder()));

  /** A URI and the number of its copy, from 1. */
  private record Copy(String uri, int number) {}

  private final @Nullable String previousDay;

  private NaiveEvents(@Nullable String previousDay) {
    this.previousDay = previousDay;
  }

  /**
   * All events, ordered by playlist id and {@code event_seq}. Rows and items may be in any order.
   *
   * @param notFound ids of playlists that get a 404 today
   * @param previousDay the day to compare with, {@code YYYY-MM-DD}; null on the lake's first day
   */
  public static List<PlaylistEvent> between(
      Collection<Playlist> before,
      Collection<PlaylistItem> itemsBefore,
      Collection<Playlist> today,
      Collection<PlaylistItem> itemsToday,
      Collection<String> notFound,
      @Nullable String previousDay) {
    NaiveEvents naive = new NaiveEvents(previousDay);
    Map<String, Playlist> rowsBefore = byId(before);
    Map<String, Playlist> rowsToday = byId(today);
    Map<String, List<PlaylistItem>> slotsBefore = byPlaylist(itemsBefore);
    Map<String, List<PlaylistItem>> slotsToday = byPlaylist(itemsToday);
    Set<String> ids = new TreeSet<>(rowsBefore.keySet());
    ids.addAll(rowsToday.keySet());

    List<PlaylistEvent> all = new ArrayList<>();
    for (String id : ids) {
      Playlist rowBefore = rowsBefore.get(id);
      Playlist rowToday = rowsToday.get(id);
      List<PlaylistEvent> events = new ArrayList<>();
      if (rowBefore == null && rowToday != null && isComplete(rowToday)) {
        events.add(naive.playlistEvent(id, EventType.FIRST_SEEN, null, rowToday.name()));
      }
      if (rowBefore != null && rowToday == null && notFound.contains(id)) {
        events.add(naive.playlistEvent(id, EventType.GONE, rowBefore.name(), null));
      }
      if (rowBefore != null && rowToday != null) {
        String nameBefore = Objects.requireNonNullElse(rowBefore.name(), "");
        String nameToday = Objects.requireNonNullElse(rowToday.name(), "");
        if (!nameBefore.equals(nameToday)) {
          events.add(naive.playlistEvent(id, EventType.RENAMED, nameBefore, nameToday));
        }
        String descriptionBefore = Objects.requireNonNullElse(rowBefore.description(), "");
        String descriptionToday = Objects.requireNonNullElse(rowToday.description(), "");
        if (!descriptionBefore.equals(descriptionToday)) {
          events.add(
              naive.playlistEvent(id, EventType.REDESCRIBED, descriptionBefore, descriptionToday));
        }
        if (isComplete(rowBefore) && isComplete(rowToday)) {
          events.addAll(
              naive.itemEvents(
                  id,
                  copies(slotsBefore.getOrDefault(id, List.of())),
                  copies(slotsToday.getOrDefault(id, List.of()))));
        }
      }
      events.sort(ORDER);
      for (int seq = 0; seq < events.size(); seq++) {
        all.add(numbered(events.get(seq), seq));
      }
    }
    return all;
  }

  private List<PlaylistEvent> itemEvents(
      String id, Map<Copy, PlaylistItem> before, Map<Copy, PlaylistItem> today) {
    List<PlaylistEvent> events = new ArrayList<>();
    today.forEach(
        (copy, item) -> {
          if (!before.containsKey(copy)) {
            events.add(itemEvent(id, EventType.ADDED, item, null, item.position()));
          }
        });
    before.forEach(
        (copy, item) -> {
          if (!today.containsKey(copy)) {
            events.add(itemEvent(id, EventType.REMOVED, item, item.position(), null));
          }
        });
    // In the order of the previous day, today's positions must increase.
    int last = -1;
    boolean reordered = false;
    for (Copy copy : before.keySet()) {
      PlaylistItem item = today.get(copy);
      if (item != null) {
        reordered |= item.position() < last;
        last = item.position();
      }
    }
    if (reordered) {
      events.add(playlistEvent(id, EventType.REORDERED, null, null));
    }
    return events;
  }

  /** The items with a URI, by copy, in the order of their positions. */
  private static Map<Copy, PlaylistItem> copies(List<PlaylistItem> items) {
    List<PlaylistItem> inOrder = new ArrayList<>(items);
    inOrder.sort(comparingInt(PlaylistItem::position));
    Map<Copy, PlaylistItem> copies = new LinkedHashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (PlaylistItem item : inOrder) {
      String uri = item.itemUri();
      if (uri != null) {
        int number = numbers.getOrDefault(uri, 0) + 1;
        numbers.put(uri, number);
        copies.put(new Copy(uri, number), item);
      }
    }
    return copies;
  }

  private static boolean isComplete(Playlist playlist) {
    return COMPLETE.contains(playlist.readStatus());
  }

  private static Map<String, Playlist> byId(Collection<Playlist> playlists) {
    Map<String, Playlist> byId = new HashMap<>();
    playlists.forEach(playlist -> byId.put(playlist.playlistId(), playlist));
    return byId;
  }

  private static Map<String, List<PlaylistItem>> byPlaylist(Collection<PlaylistItem> items) {
    Map<String, List<PlaylistItem>> byPlaylist = new TreeMap<>();
    for (PlaylistItem item : items) {
      byPlaylist.computeIfAbsent(item.playlistId(), id -> new ArrayList<>()).add(item);
    }
    return byPlaylist;
  }

  private PlaylistEvent playlistEvent(
      String id, EventType type, @Nullable String before, @Nullable String after) {
    return new PlaylistEvent(id, 0, type, null, null, null, null, null, before, after, previousDay);
  }

  private PlaylistEvent itemEvent(
      String id,
      EventType type,
      PlaylistItem item,
      @Nullable Integer before,
      @Nullable Integer after) {
    return new PlaylistEvent(
        id,
        0,
        type,
        item.trackId(),
        item.itemUri(),
        item.itemName(),
        before,
        after,
        null,
        null,
        previousDay);
  }

  private static PlaylistEvent numbered(PlaylistEvent event, int seq) {
    return new PlaylistEvent(
        event.playlistId(),
        seq,
        event.eventType(),
        event.trackId(),
        event.itemUri(),
        event.itemName(),
        event.positionBefore(),
        event.positionAfter(),
        event.valueBefore(),
        event.valueAfter(),
        event.previousIngestDate());
  }
}
