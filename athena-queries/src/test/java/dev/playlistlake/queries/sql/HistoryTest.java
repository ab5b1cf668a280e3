package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports and views over forty days of real playlists, against plain Java over the rows of the
 * eight tables: maps and loops, no SQL but for reading the rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // a null fails the test
class HistoryTest {
  private static final int DAYS = 40;
  private static final int PLAYLISTS = 20;
  private static final int TOP = 10;
  private static final int SHOWN_DAYS = 30;

  private record Slot(String playlist, String day, int position, String track) {}

  private record Song(String title, String isrc, String album, int popularity) {}

  private Connection lake;
  private final NavigableSet<String> days = new TreeSet<>();

  /** By playlist, the days on which it was read whole. */
  private final Map<String, NavigableSet<String>> complete = new TreeMap<>();

  /** By playlist and day. */
  private final Map<String, Map<String, String>> names = new HashMap<>();

  private final List<Slot> slots = new ArrayList<>();

  /** By playlist, day and song, its best position. */
  private final Map<String, NavigableMap<String, Map<String, Integer>>> best = new TreeMap<>();

  /** By day and song. */
  private final Map<String, Map<String, Song>> songs = new HashMap<>();

  /** Artists' ids by song, as they were on the newest day. */
  private final Map<String, List<String>> artists = new HashMap<>();

  /** By album, on the newest day. */
  private final Map<String, String> labels = new HashMap<>();

  @BeforeAll
  void readTheLake(@TempDir Path folder) throws SQLException, IOException {
    lake = DuckDbLake.open(ArchiveLake.write(folder, DAYS, PLAYLISTS));
    each(
        "SELECT playlist_id, ingest_date, name, read_status FROM playlist",
        row -> {
          days.add(row.get(1));
          names.computeIfAbsent(row.get(0), id -> new HashMap<>()).put(row.get(1), row.get(2));
          if (Set.of("READ", "UNCHANGED", "STALE").contains(row.get(3))) {
            complete.computeIfAbsent(row.get(0), id -> new TreeSet<>()).add(row.get(1));
          }
        });
    each(
        "SELECT playlist_id, ingest_date, position, track_id FROM playlist_item WHERE track_id IS NOT"
            + " NULL",
        row -> {
          Slot slot = new Slot(row.get(0), row.get(1), Integer.parseInt(row.get(2)), row.get(3));
          slots.add(slot);
          best.computeIfAbsent(slot.playlist(), id -> new TreeMap<>())
              .computeIfAbsent(slot.day(), day -> new HashMap<>())
              .merge(slot.track(), slot.position(), Math::min);
        });
    each(
        "SELECT track_id, ingest_date, name, isrc, album_id, popularity FROM song",
        row ->
            songs
                .computeIfAbsent(row.get(1), day -> new HashMap<>())
                .put(
                    row.get(0),
                    new Song(row.get(2), row.get(3), row.get(4), Integer.parseInt(row.get(5)))));
    each(
        "SELECT track_id, array_to_string(list_transform(artists, lambda a: a.artist_id), ' ')"
            + " FROM song WHERE ingest_date = '"
            + newest()
            + "'",
        row -> artists.put(row.get(0), List.of(row.get(1).split(" ", -1))));
    each(
        "SELECT album_id, label FROM album WHERE ingest_date = '" + newest() + "'",
        row -> labels.put(row.get(0), row.get(1)));
    assertThat(days.size(), is(DAYS));
  }

  @AfterAll
  void close() throws SQLException {
    if (lake != null) {
      lake.close();
    }
  }

  @Test
  void rankHistory() throws SQLException {
    List<String> shown = days.stream().skip(DAYS - SHOWN_DAYS).toList();
    Map<String, Set<String>> daysOnTop = new HashMap<>();
    List<String> expected = new ArrayList<>();
    slots.stream()
        .filter(slot -> slot.position() < TOP && shown.contains(slot.day()))
        .sorted(Comparator.comparing(Slot::day))
        .forEach(
            slot -> {
              String before = days.lower(slot.day());
              Integer rankBefore = bestOn(slot.playlist(), before).get(slot.track());
              int rankNow = bestOn(slot.playlist(), slot.day()).get(slot.track());
              boolean compared =
                  before != null
                      && isComplete(slot.playlist(), slot.day())
                      && isComplete(slot.playlist(), before);
              String change =
                  !compared
                      ? null
                      : rankBefore == null
                          ? "new"
                          : rankNow < rankBefore ? "up" : rankNow > rankBefore ? "down" : "same";
              Set<String> onTop =
                  daysOnTop.computeIfAbsent(
                      slot.playlist() + " " + slot.track(), id -> new HashSet<>());
              onTop.add(slot.day());
              expected.add(
                  row(
                      slot.playlist(),
                      slot.day(),
                      slot.position() + 1,
                      slot.track(),
                      rankBefore == null ? null : rankBefore + 1,
                      change,
                      onTop.size()));
            });
    assertEqual(
        expected,
        report(
            "rank_history",
            "playlist_id, ingest_date, playlist_rank, track_id, rank_before, change, days_on_top"));
  }

  @Test
  void rankChange() throws SQLException {
    List<String> expected = new ArrayList<>();
    for (String playlist : complete.keySet()) {
      for (String day : complete.get(playlist)) {
        String before = days.lower(day);
        if (before == null || !isComplete(playlist, before)) {
          continue;
        }
        Map<String, Integer> now = bestOn(playlist, day);
        Map<String, Integer> then = bestOn(playlist, before);
        for (String track : union(now.keySet(), then.keySet())) {
          Integer from = then.get(track);
          Integer to = now.get(track);
          String change =
              from == null
                  ? "new"
                  : to == null ? "out" : to < from ? "up" : to > from ? "down" : "same";
          Integer up = from == null || to == null ? null : Integer.valueOf(from - to);
          expected.add(row(playlist, track, from, to, change, up, before, day));
        }
      }
    }
    assertEqual(
        expected,
        Sql.rows(
            lake,
            "SELECT playlist_id, track_id, position_before, position_after, change, places_up,"
                + " previous_ingest_date, ingest_date FROM rank_change"));
  }

  @Test
  void songLifetime() throws SQLException {
    List<String> expected = new ArrayList<>();
    stints()
        .forEach(
            (playlist, ofSongs) ->
                ofSongs.forEach(
                    (track, stints) -> {
                      int days = stints.stream().mapToInt(List::size).sum();
                      List<String> last = stints.get(stints.size() - 1);
                      String lastDay = last.get(last.size() - 1);
                      int place =
                          stints.stream()
                              .flatMap(List::stream)
                              .mapToInt(day -> bestOn(playlist, day).get(track))
                              .min()
                              .orElseThrow();
                      expected.add(
                          row(
                              playlist,
                              track,
                              stints.get(0).get(0),
                              lastDay,
                              days,
                              stints.size(),
                              place,
                              isPresent(playlist, lastDay)));
                    }));
    assertEqual(
        expected,
        Sql.rows(
            lake,
            "SELECT playlist_id, track_id, first_date, last_date, days_present, stints,"
                + " best_position, is_present FROM song_lifetime"));
  }

  @Test
  void rotation() throws SQLException {
    List<String> expected = new ArrayList<>();
    stints()
        .forEach(
            (playlist, ofSongs) ->
                ofSongs.forEach(
                    (track, stints) -> {
                      for (int i = 1; i < stints.size(); i++) {
                        List<String> earlier = stints.get(i - 1);
                        String last = earlier.get(earlier.size() - 1);
                        String removed = complete.get(playlist).higher(last);
                        String returned = stints.get(i).get(0);
                        long out =
                            ChronoUnit.DAYS.between(
                                LocalDate.parse(removed), LocalDate.parse(returned));
                        if (out <= 30) {
                          expected.add(
                              row(
                                  playlist,
                                  track,
                                  songs.get(returned).get(track).title(),
                                  last,
                                  removed,
                                  returned,
                                  out,
                                  bestOn(playlist, last).get(track) + 1,
                                  bestOn(playlist, returned).get(track) + 1));
                        }
                      }
                    }));
    assertEqual(
        expected,
        report(
            "rotation",
            "playlist_id, track_id, title, last_date, removed_date, returned_date, days_out,"
                + " rank_before, rank_after"));
  }

  @Test
  void weeklyChurn() throws SQLException {
    List<String> expected = new ArrayList<>();
    complete.forEach(
        (playlist, ofPlaylist) -> {
          NavigableMap<LocalDate, String> ends = new TreeMap<>();
          for (String day : ofPlaylist) {
            ends.put(
                LocalDate.parse(day).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), day);
          }
          ends.forEach(
              (week, end) -> {
                if (ends.lowerEntry(week) == null) {
                  return;
                }
                String start = ends.lowerEntry(week).getValue();
                Set<String> before = bestOn(playlist, start).keySet();
                Set<String> after = bestOn(playlist, end).keySet();
                long kept = before.stream().filter(after::contains).count();
                expected.add(
                    row(
                        playlist,
                        week,
                        start,
                        end,
                        before.size(),
                        after.size(),
                        after.size() - kept,
                        before.size() - kept,
                        kept,
                        before.isEmpty() ? null : tenths(kept * 100.0 / before.size())));
              });
        });
    assertEqual(
        expected,
        report(
            "weekly_churn",
            "playlist_id, week, from_date, to_date, songs_before, songs_after, added, removed, kept,"
                + " kept_share"));
  }

  @Test
  void playlistOverlap() throws SQLException {
    List<String> expected = new ArrayList<>();
    List<String> ids = best.keySet().stream().toList();
    for (String a : ids) {
      for (String b : ids) {
        Set<String> ofA = bestOn(a, newest()).keySet();
        Set<String> ofB = bestOn(b, newest()).keySet();
        long shared = ofA.stream().filter(ofB::contains).count();
        if (a.compareTo(b) < 0 && shared > 0) {
          double jaccard = (double) shared / union(ofA, ofB).size();
          expected.add(
              row(
                  a,
                  names.get(a).get(newest()),
                  b,
                  names.get(b).get(newest()),
                  ofA.size(),
                  ofB.size(),
                  shared,
                  Math.round(jaccard * 10_000) / 10_000.0));
        }
      }
    }
    assertEqual(
        expected,
        report(
            "playlist_overlap",
            "playlist_id_a, playlist_name_a, playlist_id_b, playlist_name_b, songs_a, songs_b,"
                + " shared, jaccard"));
  }

  @Test
  void songsInMostPlaylists() throws SQLException {
    Map<String, Long> playlists =
        best.values().stream()
            .flatMap(ofDay -> ofDay.getOrDefault(newest(), Map.of()).keySet().stream())
            .collect(groupingBy(track -> track, counting()));
    List<String> expected = new ArrayList<>();
    playlists.forEach(
        (track, count) -> {
          long rank = 1 + playlists.values().stream().filter(other -> other > count).count();
          if (rank <= 50) {
            int place =
                best.values().stream()
                    .map(ofDay -> ofDay.getOrDefault(newest(), Map.of()).get(track))
                    .filter(Objects::nonNull)
                    .min(Integer::compare)
                    .orElseThrow();
            expected.add(
                row(rank, track, songs.get(newest()).get(track).title(), count, place + 1));
          }
        });
    assertEqual(
        expected,
        report("songs_in_most_playlists", "song_rank, track_id, title, playlists, best_rank"));
  }

  @Test
  void topArtists() throws SQLException {
    List<Slot> today = slots.stream().filter(slot -> slot.day().equals(newest())).toList();
    Map<String, List<Slot>> byArtist = new HashMap<>();
    for (Slot slot : today) {
      for (String artist : new HashSet<>(artists.get(slot.track()))) {
        byArtist.computeIfAbsent(artist, id -> new ArrayList<>()).add(slot);
      }
    }
    List<String> expected = contributions(byArtist, today.size());
    assertEqual(
        expected,
        report("top_artists", "artist_rank, artist_id, items, item_share, songs, playlists"));
  }

  @Test
  void artistShareOverTime() throws SQLException {
    String since = days.stream().skip(DAYS - SHOWN_DAYS).findFirst().orElseThrow();
    Map<String, List<Slot>> byPlaylist =
        slots.stream()
            .filter(slot -> slot.day().compareTo(since) >= 0)
            .collect(groupingBy(Slot::playlist));
    Map<String, List<String>> ofSong = artistsOfEverySong();
    List<String> expected = new ArrayList<>();
    byPlaylist.forEach(
        (playlist, held) -> {
          Map<String, Integer> total = new HashMap<>();
          Map<String, Map<String, Integer>> daily = new HashMap<>();
          Map<String, Long> slotsOfDay = held.stream().collect(groupingBy(Slot::day, counting()));
          for (Slot slot : held) {
            for (String artist : new HashSet<>(ofSong.get(slot.track()))) {
              total.merge(artist, 1, Integer::sum);
              daily
                  .computeIfAbsent(artist, id -> new HashMap<>())
                  .merge(slot.day(), 1, Integer::sum);
            }
          }
          total.forEach(
              (artist, items) -> {
                long rank = 1 + total.values().stream().filter(n -> n > items).count();
                if (rank <= 5) {
                  daily
                      .get(artist)
                      .forEach(
                          (day, n) ->
                              expected.add(
                                  row(
                                      playlist,
                                      rank,
                                      artist,
                                      day,
                                      n,
                                      tenths(n * 100.0 / slotsOfDay.get(day)))));
                }
              });
        });
    assertEqual(
        expected,
        report(
            "artist_share_over_time",
            "playlist_id, artist_rank, artist_id, ingest_date, items, item_share"));
  }

  @Test
  void sameRecording() throws SQLException {
    Map<String, Set<String>> byIsrc =
        songs.get(newest()).entrySet().stream()
            .filter(song -> song.getValue().isrc() != null)
            .collect(
                groupingBy(
                    song -> song.getValue().isrc().replace("-", "").toUpperCase(Locale.ROOT),
                    mapping(Map.Entry::getKey, toSet())));
    List<String> expected = new ArrayList<>();
    byIsrc.forEach(
        (isrc, tracks) -> {
          for (String track : tracks) {
            if (tracks.size() > 1) {
              expected.add(row(isrc, tracks.size(), track, playlistsOn(newest(), track)));
            }
          }
        });
    assertEqual(expected, report("same_recording", "isrc, track_ids, track_id, playlists"));
  }

  @Test
  void recordLabels() throws SQLException {
    List<Slot> today = slots.stream().filter(slot -> slot.day().equals(newest())).toList();
    Map<String, List<Slot>> byLabel =
        today.stream()
            .collect(
                groupingBy(
                    slot ->
                        String.valueOf(labels.get(songs.get(newest()).get(slot.track()).album()))));
    List<String> expected = contributions(byLabel, today.size());
    assertEqual(
        expected,
        report("record_labels", "label_rank, label, items, item_share, songs, playlists"));
  }

  @Test
  void lostSongs() throws SQLException {
    Map<String, Map<String, List<List<String>>>> stints = stints();
    Map<String, Map<String, String>> lastDays = new HashMap<>();
    stints.forEach(
        (playlist, ofSongs) ->
            ofSongs.forEach(
                (track, ofSong) -> {
                  List<String> last = ofSong.get(ofSong.size() - 1);
                  lastDays
                      .computeIfAbsent(track, id -> new TreeMap<>())
                      .put(playlist, last.get(last.size() - 1));
                }));
    List<String> expected = new ArrayList<>();
    lastDays.forEach(
        (track, byPlaylist) -> {
          boolean held =
              byPlaylist.entrySet().stream()
                  .anyMatch(last -> isPresent(last.getKey(), last.getValue()));
          if (!held) {
            String last = byPlaylist.values().stream().max(String::compareTo).orElseThrow();
            String playlist =
                byPlaylist.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(last))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            expected.add(
                row(
                    track,
                    last,
                    ChronoUnit.DAYS.between(LocalDate.parse(last), LocalDate.parse(newest())),
                    byPlaylist.size(),
                    playlist,
                    names.get(playlist).get(last)));
          }
        });
    assertEqual(
        expected,
        report(
            "lost_songs",
            "track_id, last_date, days_lost, playlists, last_playlist_id, last_playlist_name"));
  }

  @Test
  void playlistsOfSong() throws SQLException {
    String widest =
        bestToday().values().stream()
            .flatMap(held -> held.keySet().stream())
            .distinct()
            .min(
                Comparator.comparingLong((String track) -> -playlistsOn(newest(), track))
                    .thenComparing(track -> track))
            .orElseThrow();
    List<String> expected = new ArrayList<>();
    bestToday()
        .forEach(
            (playlist, held) -> {
              if (held.containsKey(widest)) {
                String first =
                    best.get(playlist).entrySet().stream()
                        .filter(day -> day.getValue().containsKey(widest))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
                expected.add(row(widest, playlist, held.get(widest) + 1, first));
              }
            });
    assertEqual(
        expected, report("playlists_of_song", "track_id, playlist_id, best_rank, first_date"));
  }

  @Test
  void popularity() throws SQLException {
    TreeSet<Integer> different =
        songs.get(newest()).values().stream()
            .map(Song::popularity)
            .collect(toCollection(TreeSet::new));
    List<String> expected = new ArrayList<>();
    songs
        .get(newest())
        .forEach(
            (track, song) ->
                expected.add(
                    row(
                        1 + different.tailSet(song.popularity(), false).size(),
                        track,
                        song.popularity(),
                        playlistsOn(newest(), track))));
    assertEqual(
        expected,
        report("most_popular_tracks", "popularity_rank, track_id, popularity, playlists"));
  }

  /** What each holds of a day: rank, name, slots, their share, songs, playlists. */
  private static List<String> contributions(Map<String, List<Slot>> byHolder, int slots) {
    List<String> rows = new ArrayList<>();
    byHolder.forEach(
        (holder, held) ->
            rows.add(
                row(
                    1 + byHolder.values().stream().filter(l -> l.size() > held.size()).count(),
                    holder,
                    held.size(),
                    tenths(held.size() * 100.0 / slots),
                    held.stream().map(Slot::track).distinct().count(),
                    held.stream().map(Slot::playlist).distinct().count())));
    return rows;
  }

  /** By playlist and song, its runs of complete days in a row. */
  private Map<String, Map<String, List<List<String>>>> stints() {
    Map<String, Map<String, List<List<String>>>> stints = new TreeMap<>();
    complete.forEach(
        (playlist, ofPlaylist) -> {
          Map<String, List<List<String>>> ofSongs = new LinkedHashMap<>();
          for (String day : ofPlaylist) {
            String before = ofPlaylist.lower(day);
            for (String track : bestOn(playlist, day).keySet()) {
              List<List<String>> ofSong = ofSongs.computeIfAbsent(track, id -> new ArrayList<>());
              if (before == null || !bestOn(playlist, before).containsKey(track)) {
                ofSong.add(new ArrayList<>());
              }
              ofSong.get(ofSong.size() - 1).add(day);
            }
          }
          stints.put(playlist, ofSongs);
        });
    return stints;
  }

  private Map<String, List<String>> artistsOfEverySong() throws SQLException {
    Map<String, List<String>> ofSong = new HashMap<>();
    each(
        "SELECT DISTINCT track_id, array_to_string(list_transform(artists, lambda a: a.artist_id), ' ')"
            + " FROM song",
        row -> ofSong.put(row.get(0), List.of(row.get(1).split(" ", -1))));
    return ofSong;
  }

  private Map<String, Map<String, Integer>> bestToday() {
    return best.keySet().stream()
        .collect(toMap(playlist -> playlist, playlist -> bestOn(playlist, newest())));
  }

  private Map<String, Integer> bestOn(String playlist, String day) {
    return day == null
        ? Map.of()
        : best.getOrDefault(playlist, new TreeMap<>()).getOrDefault(day, Map.of());
  }

  private long playlistsOn(String day, String track) {
    return best.values().stream()
        .filter(ofDay -> ofDay.getOrDefault(day, Map.of()).containsKey(track))
        .count();
  }

  /** A playlist that is gone or off the list holds nothing. */
  private boolean isPresent(String playlist, String lastDay) {
    return lastDay.equals(complete.get(playlist).last())
        && names.get(playlist).containsKey(newest());
  }

  private boolean isComplete(String playlist, String day) {
    return complete.getOrDefault(playlist, new TreeSet<>()).contains(day);
  }

  private String newest() {
    return days.last();
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> union = new HashSet<>(one);
    union.addAll(other);
    return union;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static String row(Object... values) {
    return String.join("|", Stream.of(values).map(String::valueOf).toList());
  }

  private List<String> report(String name, String columns) throws SQLException {
    return Sql.rows(lake, "SELECT " + columns + " FROM (" + SqlFiles.report(name).text() + ")");
  }

  private static void assertEqual(List<String> expected, List<String> actual) {
    assertThat(expected, is(not(empty())));
    assertThat(actual.stream().sorted().toList(), is(expected.stream().sorted().toList()));
  }

  private interface RowReader {
    void read(List<String> row);
  }

  private void each(String sql, RowReader reader) throws SQLException {
    try (Statement statement = lake.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        reader.read(row);
      }
    }
  }
}
