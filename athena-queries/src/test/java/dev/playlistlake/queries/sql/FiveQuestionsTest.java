package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.averagingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.testing.RealData;
import dev.playlistlake.testing.Sql;
import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five questions that another system asks of six real playlists: three against its own stored
 * answers, two against a computation here. Where its question repeats rows or says less, the
 * comparison says how.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway") // a null fails the test
class FiveQuestionsTest {
  private static final String SEED = "seed-results/seed_004/";

  private Connection lake;

  /**
   * track id, title, popularity, milliseconds, album id, artist ids, playlist id, playlist name.
   */
  private List<List<String>> tracks;

  @BeforeAll
  void makeTheLake(@TempDir Path folder) throws SQLException, IOException {
    Path tracksFile = RealData.path(SEED + "in_tracks.csv");
    Path albumsFile = RealData.path(SEED + "in_albums.csv");
    try (TablesAsLake tables = new TablesAsLake()) {
      tables.execute(
          """
          CREATE TABLE given AS
          SELECT *, row_number() OVER () AS line FROM read_csv('%s', header = false, names =
            ['track_id', 'name', 'popularity', 'duration_ms', 'added_at', 'album_id', 'artist_ids',
            'playlist_id', 'playlist_name', 'snapshot_id'], all_varchar = true)
          """
              .formatted(tracksFile));
      tables.execute(
          """
          CREATE TABLE given_album AS
          SELECT * FROM read_csv('%s', header = false,
            names = ['album_id', 'name', 'release_date', 'total_tracks'], all_varchar = true)
          """
              .formatted(albumsFile));
      tables.execute(
          """
          INSERT INTO playlist BY NAME
          SELECT playlist_id, min(playlist_name) AS name, 'READ' AS read_status FROM given GROUP BY playlist_id
          """);
      tables.execute(
          """
          INSERT INTO playlist_item BY NAME
          SELECT playlist_id, row_number() OVER (PARTITION BY playlist_id ORDER BY line) - 1 AS position,
            'track' AS item_type, track_id, 'spotify:track:' || track_id AS item_uri, name AS item_name,
            CAST(added_at AS TIMESTAMPTZ) AS added_at
          FROM given
          """);
      tables.execute(
          """
          INSERT INTO song BY NAME
          SELECT track_id, name, duration_ms, popularity, album_id,
            list_transform(string_split(artist_ids, ', '), lambda id: {'artist_id': id, 'name': 'name of ' || id}) AS artists
          FROM given
          """);
      tables.execute(
          """
          INSERT INTO album BY NAME
          SELECT album_id, name, release_date, CAST(left(release_date, 4) AS INTEGER) AS release_year, total_tracks,
            CASE length(release_date) WHEN 4 THEN 'year' WHEN 7 THEN 'month' ELSE 'day' END AS release_date_precision,
            try_cast(release_date AS DATE) AS released_on
          FROM given_album
          """);
      tables.execute(
          """
          INSERT INTO artist BY NAME
          SELECT DISTINCT id AS artist_id, 'name of ' || id AS name,
            CASE WHEN id < '3' THEN ['pop', 'g' || left(id, 1)] END AS genres, ascii(id) AS popularity
          FROM (SELECT unnest(string_split(artist_ids, ', ')) AS id FROM given)
          """);
      tables.insert("run (status)", "('PUBLISHED')");
      tables.write(folder, "2023-07-01", "20230701T000000Z-0000");
      tracks =
          Sql.values(
              tables.connection(),
              "SELECT track_id, name, popularity, duration_ms, album_id, artist_ids, playlist_id,"
                  + " playlist_name FROM given ORDER BY line");
    }
    lake = DuckDbLake.open(folder);
  }

  @AfterAll
  void close() throws SQLException {
    if (lake != null) {
      lake.close();
    }
  }

  /** The same question; theirs skips no rank after a tie. */
  @Test
  void mostPopularTracksWithDuration() throws SQLException {
    List<String> expected =
        answers("most_popular_tracks_with_duration.csv").stream()
            .map(
                row -> String.join("|", row.get(4), row.get(0), row.get(1), row.get(2), row.get(3)))
            .sorted()
            .toList();
    List<Map<String, String>> rows = answer("most_popular_tracks", Map.of("top_n", "1000"));
    List<Integer> ranks =
        rows.stream().map(row -> Integer.valueOf(row.get("rank"))).distinct().sorted().toList();
    List<String> ours =
        rows.stream()
            .map(
                row ->
                    String.join(
                        "|",
                        String.valueOf(1 + ranks.indexOf(Integer.valueOf(row.get("rank")))),
                        row.get("track_id"),
                        row.get("title"),
                        row.get("popularity"),
                        row.get("duration")))
            .sorted()
            .toList();
    assertThat(ours, hasSize(363));
    assertThat(ours, is(expected));
  }

  /**
   * Theirs repeats a month's figures for every song of it, so that a sum over its rows is wrong;
   * ours has a row a month, with one decimal. A year alone stands as a month there.
   */
  @Test
  void popularityByReleaseMonth() throws SQLException {
    Set<String> expected = new HashSet<>();
    answers("track_popularity_trend_by_release_year_month.csv")
        .forEach(row -> expected.add(String.join("|", row.get(1), row.get(2), row.get(3))));
    Set<String> ours = new HashSet<>();
    List<Map<String, String>> rows = answer("popularity_by_release_year");
    for (Map<String, String> row : rows) {
      String month = row.get("release_month");
      ours.add(
          String.join(
              "|",
              month == null ? row.get("release_year") : month,
              wholeNumber(row.get("average_popularity")),
              row.get("songs")));
    }
    assertThat(ours, is(expected));
    assertThat("no row is repeated", rows, hasSize(ours.size()));
  }

  /**
   * Theirs compares whole numbers: an album of 78 is no better than an average of 77.55. Ours says
   * by how much, in tenths.
   */
  @Test
  void albumAgainstItsTracks() throws SQLException {
    List<String> expected =
        answers("album_track_popularity_comparison.csv").stream()
            .map(row -> String.join("|", row))
            .sorted()
            .toList();
    List<Map<String, String>> rows = answer("album_against_its_tracks");
    List<Long> whole =
        rows.stream()
            .map(row -> Math.round(Double.parseDouble(row.get("song_popularity"))))
            .distinct()
            .sorted()
            .toList();
    List<String> ours =
        rows.stream()
            .map(
                row -> {
                  long own = Math.round(Double.parseDouble(row.get("song_popularity")));
                  return String.join(
                      "|",
                      row.get("album_name"),
                      row.get("release_date"),
                      row.get("total_tracks"),
                      row.get("songs"),
                      String.valueOf(own),
                      // Theirs ranks by whole numbers, ours by one decimal.
                      String.valueOf(whole.size() - whole.indexOf(own)),
                      wholeNumber(row.get("overall_popularity")),
                      own > Math.round(Double.parseDouble(row.get("overall_popularity")))
                          ? "1"
                          : "0");
                })
            .sorted()
            .toList();
    assertThat(ours, hasSize(316));
    assertThat(ours, is(expected));
    assertThat(
        rows.stream()
            .filter(row -> row.get("songs_minus_overall").equals("0.4"))
            .map(row -> row.get("song_popularity"))
            .toList(),
        is(List.of("78.0", "78.0", "78.0", "78.0")));
  }

  @Test
  void topArtists() throws SQLException {
    Map<String, Integer> items = new HashMap<>();
    Map<String, Set<String>> playlists = new HashMap<>();
    for (List<String> track : tracks) {
      for (String artist : track.get(5).split(", ", -1)) {
        items.merge(artist, 1, Integer::sum);
        playlists.computeIfAbsent(artist, id -> new HashSet<>()).add(track.get(6));
      }
    }
    List<String> expected =
        items.entrySet().stream()
            .map(
                artist ->
                    "%d|%s|%d|%s|%d"
                        .formatted(
                            1 + items.values().stream().filter(n -> n > artist.getValue()).count(),
                            artist.getKey(),
                            artist.getValue(),
                            Math.round(artist.getValue() * 1000.0 / tracks.size()) / 10.0,
                            playlists.get(artist.getKey()).size()))
            .sorted()
            .toList();
    List<String> ours =
        answer("top_artists").stream()
            .map(
                row ->
                    String.join(
                        "|",
                        row.get("rank"),
                        row.get("artist_id"),
                        row.get("items"),
                        row.get("item_share"),
                        row.get("playlists")))
            .sorted()
            .toList();
    assertThat(
        ours,
        is(
            expected.stream()
                .filter(row -> Integer.parseInt(row.substring(0, row.indexOf('|'))) <= 5)
                .toList()));
  }

  @Test
  void genreTrackAndArtistDetails() throws SQLException {
    Map<String, Integer> places = new HashMap<>();
    List<String> expected = new ArrayList<>();
    for (List<String> track : tracks) {
      int rank = places.merge(track.get(6), 1, Integer::sum);
      List<String> artists = Arrays.asList(track.get(5).split(", ", -1));
      Set<String> genres = new TreeSet<>();
      artists.stream()
          .filter(id -> id.compareTo("3") < 0)
          .forEach(id -> genres.addAll(List.of("pop", "g" + id.charAt(0))));
      long seconds = Long.parseLong(track.get(3)) / 1000;
      expected.add(
          String.join(
              "|",
              track.get(7),
              String.valueOf(rank),
              track.get(0),
              track.get(1),
              track.get(2),
              String.valueOf((int) artists.get(0).charAt(0)),
              "%d:%02d".formatted(seconds / 60, seconds % 60),
              String.join(", ", artists.stream().map(id -> "name of " + id).toList()),
              genres.isEmpty() ? "null" : String.join(", ", genres)));
    }
    List<String> ours =
        answer("playlist_as_of").stream()
            .map(
                row ->
                    String.join(
                        "|",
                        row.get("playlist_name"),
                        row.get("rank"),
                        row.get("track_id"),
                        row.get("title"),
                        row.get("popularity"),
                        row.get("artist_popularity"),
                        row.get("duration"),
                        row.get("artists"),
                        String.valueOf(row.get("genres"))))
            .sorted()
            .toList();
    assertThat(ours, is(expected.stream().sorted().toList()));
  }

  /** The averages here are those of the input, not only those of the stored answers. */
  @Test
  void averagesAreThoseOfTheInput() throws SQLException {
    Map<String, Double> expected =
        tracks.stream()
            .collect(
                groupingBy(
                    track -> track.get(4), averagingInt(track -> Integer.parseInt(track.get(2)))));
    expected.replaceAll((album, average) -> Math.round(average * 10) / 10.0);
    Map<String, Double> ours =
        answer("album_against_its_tracks").stream()
            .collect(
                toMap(
                    row -> row.get("album_id"), row -> Double.valueOf(row.get("song_popularity"))));
    assertThat(ours, is(expected));
  }

  private static String wholeNumber(String decimal) {
    return String.valueOf(Math.round(Double.parseDouble(decimal)));
  }

  private List<Map<String, String>> answer(String report) throws SQLException {
    return answer(report, Map.of());
  }

  private List<Map<String, String>> answer(String report, Map<String, String> parameters)
      throws SQLException {
    String sql;
    try {
      sql = Report.named(report).orElseThrow().sql(parameters);
    } catch (BadQueryException e) {
      throw new IllegalArgumentException(e);
    }
    List<String> columns = Sql.columns(lake, sql);
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> values : Sql.values(lake, sql)) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        row.put(columns.get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The rows of a stored answer, without its header. */
  private List<List<String>> answers(String file) throws SQLException {
    return Sql.values(
        lake,
        "SELECT * FROM read_csv('%s', header = true, all_varchar = true)"
            .formatted(RealData.path(SEED + file)));
  }
}
