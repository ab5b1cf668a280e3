package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of a lake's tables as maps and lists: what reports and views are checked against, with
 * loops and no SQL but for reading the rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // a null fails the test
abstract class LakeOracle {
  /** Separates the artists of a song, an artist's parts, and stands for null. */
  private static final String ARTISTS = "\u001d";

  private static final String PARTS = "\u001f";
  private static final String NULL = "\u001e";

  record Listed(String name, String status, int items, Integer followers) {}

  record Item(
      String playlist,
      String day,
      int position,
      String type,
      String track,
      String uri,
      String name,
      String addedAt,
      String addedBy) {}

  record Artist(String id, String name) {}

  record Song(String title, String isrc, String album, Integer popularity, List<Artist> artists) {
    /** The ids of its artists, each once. */
    Set<String> artistIds() {
      Set<String> ids = new HashSet<>();
      artists.forEach(artist -> ids.add(artist.id()));
      ids.remove(null);
      return ids;
    }
  }

  Connection lake;
  final NavigableSet<String> days = new TreeSet<>();

  /** By playlist and day. */
  final Map<String, NavigableMap<String, Listed>> listed = new TreeMap<>();

  /** By playlist, the days on which it was read. */
  final Map<String, NavigableSet<String>> observed = new TreeMap<>();

  final List<Item> items = new ArrayList<>();

  /** Those that are songs. */
  final List<Item> slots = new ArrayList<>();

  /** By playlist, day and song, its best position. */
  final Map<String, NavigableMap<String, Map<String, Integer>>> best = new TreeMap<>();

  /** By day and song. */
  final Map<String, Map<String, Song>> songs = new HashMap<>();

  /** By album, on the newest day. */
  final Map<String, String> labels = new HashMap<>();

  /** Makes the lake; called once. */
  abstract Path write(Path folder) throws SQLException, IOException;

  @BeforeAll
  void readTheLake(@TempDir Path folder) throws SQLException, IOException {
    lake = DuckDbLake.open(write(folder));
    each("SELECT ingest_date FROM published_run", row -> days.add(row.get(0)));
    each(
        "SELECT playlist_id, ingest_date, name, read_status, item_count, followers FROM playlist",
        row -> {
          listed
              .computeIfAbsent(row.get(0), id -> new TreeMap<>())
              .put(
                  row.get(1),
                  new Listed(
                      row.get(2),
                      row.get(3),
                      Integer.parseInt(row.get(4)),
                      row.get(5) == null ? null : Integer.valueOf(row.get(5))));
          if (Set.of("READ", "UNCHANGED").contains(row.get(3))) {
            observed.computeIfAbsent(row.get(0), id -> new TreeSet<>()).add(row.get(1));
          }
        });
    each(
        "SELECT playlist_id, ingest_date, position, item_type, track_id, item_uri, item_name,"
            + " added_at, added_by FROM playlist_item",
        row -> {
          Item item =
              new Item(
                  row.get(0),
                  row.get(1),
                  Integer.parseInt(row.get(2)),
                  row.get(3),
                  row.get(4),
                  row.get(5),
                  row.get(6),
                  row.get(7),
                  row.get(8));
          items.add(item);
          if (item.track() != null) {
            slots.add(item);
            best.computeIfAbsent(item.playlist(), id -> new TreeMap<>())
                .computeIfAbsent(item.day(), day -> new HashMap<>())
                .merge(item.track(), item.position(), Math::min);
          }
        });
    each(
        """
        SELECT track_id, ingest_date, name, isrc, album_id, popularity,
          array_to_string(list_transform(artists, lambda a: coalesce(a.artist_id, chr(30)) || chr(31)
            || coalesce(a.name, chr(30))), chr(29))
        FROM song
        """,
        row ->
            songs
                .computeIfAbsent(row.get(1), day -> new HashMap<>())
                .put(
                    row.get(0),
                    new Song(
                        row.get(2),
                        row.get(3),
                        row.get(4),
                        row.get(5) == null ? null : Integer.valueOf(row.get(5)),
                        artists(row.get(6)))));
    each(
        "SELECT album_id, label FROM album WHERE ingest_date = '" + newest() + "'",
        row -> labels.put(row.get(0), row.get(1)));
  }

  private static List<Artist> artists(String text) {
    if (text == null || text.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(text.split(ARTISTS, -1))
        .map(artist -> artist.split(PARTS, -1))
        .map(parts -> new Artist(known(parts[0]), known(parts[1])))
        .toList();
  }

  private static String known(String text) {
    return text.equals(NULL) ? null : text;
  }

  @AfterAll
  void close() throws SQLException {
    if (lake != null) {
      lake.close();
    }
  }

  /** By playlist and song, its runs of days read, with no day read between them. */
  Map<String, Map<String, List<List<String>>>> stints() {
    Map<String, Map<String, List<List<String>>>> stints = new TreeMap<>();
    observed.forEach(
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

  /** The day before on which the playlist was read; null unless it was read on the day too. */
  String observedBefore(String playlist, String day) {
    NavigableSet<String> ofPlaylist = observed.getOrDefault(playlist, new TreeSet<>());
    return ofPlaylist.contains(day) ? ofPlaylist.lower(day) : null;
  }

  boolean isStale(String playlist, String day) {
    return listed.get(playlist).get(day).status().equals("STALE");
  }

  String nameOn(String playlist, String day) {
    return listed.get(playlist).get(day).name();
  }

  Map<String, Integer> bestOn(String playlist, String day) {
    return day == null
        ? Map.of()
        : best.getOrDefault(playlist, new TreeMap<>()).getOrDefault(day, Map.of());
  }

  long playlistsOn(String day, String track) {
    return best.values().stream()
        .filter(ofDay -> ofDay.getOrDefault(day, Map.of()).containsKey(track))
        .count();
  }

  List<Item> slotsToday() {
    return slots.stream().filter(slot -> slot.day().equals(newest())).toList();
  }

  /** A playlist that is gone or off the list holds nothing. */
  boolean isPresent(String playlist, String lastDay) {
    return lastDay.equals(observed.get(playlist).last())
        && listed.get(playlist).containsKey(newest());
  }

  /** The newest title of a song that is known. */
  String title(String track) {
    return days.descendingSet().stream()
        .map(day -> songs.getOrDefault(day, Map.of()).get(track))
        .filter(song -> song != null && song.title() != null)
        .findFirst()
        .map(Song::title)
        .orElse(null);
  }

  String newest() {
    return days.last();
  }

  /** The newest days, at most so many. */
  List<String> newestDays(int most) {
    return days.stream().skip(Math.max(0, days.size() - most)).toList();
  }

  static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> union = new HashSet<>(one);
    union.addAll(other);
    return union;
  }

  static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  static Integer plus(Integer number, int more) {
    return number == null ? null : Integer.valueOf(number + more);
  }

  static String joined(Stream<String> names) {
    String text = String.join(", ", names.filter(Objects::nonNull).toList());
    return text.isEmpty() ? null : text;
  }

  static String row(Object... values) {
    return String.join("|", Stream.of(values).map(String::valueOf).toList());
  }

  List<String> report(String name, String columns) throws SQLException {
    return report(name, columns, Map.of());
  }

  List<String> report(String name, String columns, Map<String, String> parameters)
      throws SQLException {
    try {
      String sql = Report.named(name).orElseThrow().sql(parameters);
      return Sql.rows(lake, "SELECT " + columns + " FROM (" + sql + ")");
    } catch (BadQueryException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static void assertEqual(List<String> expected, List<String> actual) {
    assertThat(expected, is(not(empty())));
    assertThat(actual.stream().sorted().toList(), is(expected.stream().sorted().toList()));
  }

  private void each(String sql, Consumer<List<String>> reader) throws SQLException {
    for (List<String> row : Sql.values(lake, sql)) {
      reader.accept(row);
    }
  }
}
