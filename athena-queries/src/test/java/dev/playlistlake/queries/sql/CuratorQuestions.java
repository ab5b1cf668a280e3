package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reports that look after playlists: what came and left, what is there twice or not at all. */
@SuppressWarnings("NullAway") // a null fails the test
abstract class CuratorQuestions extends HistoryQuestions {
  private static final String ENTERED_AND_LEFT =
      "playlist_id, playlist_name, change, item_uri, title, artists, rank_before, rank_after,"
          + " added_at, added_by, previous_ingest_date, ingest_date";

  @Test
  void enteredAndLeft() throws SQLException {
    String week = LocalDate.parse(newest()).minusDays(6).toString();
    assertEqual(enteredAndLeft(week, newest()), report("entered_and_left", ENTERED_AND_LEFT));
    String since = days.stream().skip(days.size() / 4).findFirst().orElseThrow();
    String until = days.stream().skip(days.size() * 3L / 4).findFirst().orElseThrow();
    assertEqual(
        enteredAndLeft(since, until),
        report("entered_and_left", ENTERED_AND_LEFT, Map.of("since", since, "as_of", until)));
  }

  private List<String> enteredAndLeft(String since, String until) {
    Map<String, List<Item>> byDay =
        items.stream()
            .filter(item -> item.uri() != null)
            .sorted(Comparator.comparingInt(Item::position))
            .collect(groupingBy(item -> item.playlist() + item.day()));
    List<String> rows = new ArrayList<>();
    observed.forEach(
        (playlist, ofPlaylist) -> {
          for (String day : ofPlaylist.tailSet(since)) {
            String before = ofPlaylist.lower(day);
            if (before != null && day.compareTo(until) <= 0) {
              List<Item> then = byDay.getOrDefault(playlist + before, List.of());
              List<Item> now = byDay.getOrDefault(playlist + day, List.of());
              for (Item item : beyond(then, now)) {
                rows.add(changed("entered", item, before, day));
              }
              for (Item item : beyond(now, then)) {
                rows.add(changed("left", item, before, day));
              }
            }
          }
        });
    return rows;
  }

  private String changed(String change, Item item, String before, String day) {
    Song song = songs.get(item.day()).get(item.track());
    boolean left = change.equals("left");
    return row(
        item.playlist(),
        nameOn(item.playlist(), day),
        change,
        item.uri(),
        song == null ? item.name() : song.title(),
        song == null ? null : joined(song.artists().stream().map(Artist::name)),
        left ? item.position() + 1 : null,
        left ? null : item.position() + 1,
        item.addedAt(),
        item.addedBy(),
        before,
        day);
  }

  /** The items of the second list that the first has not, copy by copy. */
  private static List<Item> beyond(List<Item> first, List<Item> second) {
    Map<String, Integer> left = new HashMap<>();
    first.forEach(item -> left.merge(item.uri(), 1, Integer::sum));
    List<Item> beyond = new ArrayList<>();
    for (Item item : second) {
      if (left.merge(item.uri(), -1, Integer::sum) < 0) {
        beyond.add(item);
      }
    }
    return beyond;
  }

  @Test
  void duplicates() throws SQLException {
    List<String> expected = new ArrayList<>();
    for (Item item : slotsToday()) {
      List<Item> same =
          slotsToday().stream()
              .filter(other -> other.playlist().equals(item.playlist()))
              .filter(
                  other ->
                      other.track().equals(item.track())
                          || isrc(other) != null && isrc(other).equals(isrc(item)))
              .toList();
      long sameTrack = same.stream().filter(other -> other.track().equals(item.track())).count();
      if (same.size() > 1) {
        expected.add(
            row(
                item.playlist(),
                item.position() + 1,
                item.track(),
                isrc(item),
                sameTrack > 1 ? "track" : "isrc",
                same.size(),
                same.stream().mapToInt(Item::position).min().orElseThrow() + 1,
                item.addedBy()));
      }
    }
    assertEqual(
        expected,
        report(
            "duplicates", "playlist_id, rank, track_id, isrc, same, copies, first_rank, added_by"));
  }

  private String isrc(Item item) {
    String isrc = songs.get(item.day()).get(item.track()).isrc();
    return isrc == null ? null : isrc.replace("-", "").toUpperCase(Locale.ROOT);
  }

  private static final String MOVERS =
      "rank, track_id, popularity_before, popularity_after, popularity_gained, playlists,"
          + " previous_ingest_date, ingest_date";

  @Test
  void popularityMovers() throws SQLException {
    String first = days.first();
    assertEqual(movers(first), report("popularity_movers", MOVERS, Map.of("since", first)));
    // Published or not.
    String yesterday = LocalDate.parse(newest()).minusDays(1).toString();
    assertEqual(
        movers(days.lower(newest())),
        report("popularity_movers", MOVERS, Map.of("since", yesterday)));
    assertEqual(movers(days.lower(newest())), report("popularity_movers", MOVERS));
  }

  private List<String> movers(String since) {
    Map<String, Integer> gained = new TreeMap<>();
    songs
        .get(newest())
        .forEach(
            (track, song) -> {
              Song before = songs.get(since).get(track);
              if (before != null && !before.popularity().equals(song.popularity())) {
                gained.put(track, song.popularity() - before.popularity());
              }
            });
    List<String> rows = new ArrayList<>();
    gained.forEach(
        (track, by) -> {
          long rank = 1 + gained.values().stream().filter(n -> Math.abs(n) > Math.abs(by)).count();
          if (rank <= 50) {
            rows.add(
                row(
                    rank,
                    track,
                    songs.get(since).get(track).popularity(),
                    songs.get(newest()).get(track).popularity(),
                    by,
                    playlistsOn(newest(), track),
                    since,
                    newest()));
          }
        });
    return rows;
  }

  @Test
  void playlistsOfArtist() throws SQLException {
    Map<String, Long> items =
        slotsToday().stream()
            .flatMap(slot -> songs.get(newest()).get(slot.track()).artistIds().stream())
            .collect(groupingBy(artist -> artist, counting()));
    String columns = "playlist_id, followers, reach, items, item_share, songs, best_rank";
    BiPredicate<Song, String> isBy = (song, artist) -> song.artistIds().contains(artist);
    assertEqual(holding(most(items), isBy), report("playlists_of_artist", columns));
    String least = items.keySet().stream().min(Comparator.comparing(items::get)).orElseThrow();
    assertEqual(
        holding(least, isBy), report("playlists_of_artist", columns, Map.of("artist_id", least)));
  }

  @Test
  void playlistsOfLabel() throws SQLException {
    Map<String, Long> items =
        slotsToday().stream()
            .map(slot -> labels.get(songs.get(newest()).get(slot.track()).album()))
            .filter(Objects::nonNull)
            .collect(groupingBy(label -> label, counting()));
    String columns = "playlist_id, followers, reach, items, item_share, songs, best_rank";
    BiPredicate<Song, String> isOn = (song, label) -> label.equals(labels.get(song.album()));
    assertEqual(holding(most(items), isOn), report("playlists_of_label", columns));
    String least = items.keySet().stream().min(Comparator.comparing(items::get)).orElseThrow();
    assertEqual(
        holding(least, isOn), report("playlists_of_label", columns, Map.of("label", least)));
  }

  private static String most(Map<String, Long> items) {
    return items.keySet().stream()
        .min(Comparator.comparing((String holder) -> -items.get(holder)).thenComparing(id -> id))
        .orElseThrow();
  }

  /** What each playlist holds of an artist or label, and the followers of all that do. */
  private List<String> holding(String holder, BiPredicate<Song, String> isOf) {
    Map<String, List<Item>> held =
        slotsToday().stream()
            .filter(slot -> isOf.test(songs.get(newest()).get(slot.track()), holder))
            .collect(groupingBy(Item::playlist));
    Stream<Integer> followers =
        held.keySet().stream()
            .map(playlist -> listed.get(playlist).get(newest()).followers())
            .filter(Objects::nonNull);
    Integer reach = followers.reduce(Integer::sum).orElse(null);
    List<String> rows = new ArrayList<>();
    held.forEach(
        (playlist, slots) -> {
          long all = slotsToday().stream().filter(s -> s.playlist().equals(playlist)).count();
          rows.add(
              row(
                  playlist,
                  listed.get(playlist).get(newest()).followers(),
                  reach,
                  slots.size(),
                  tenths(slots.size() * 100.0 / all),
                  slots.stream().map(Item::track).distinct().count(),
                  slots.stream().mapToInt(Item::position).min().orElseThrow() + 1));
        });
    return rows;
  }
}
