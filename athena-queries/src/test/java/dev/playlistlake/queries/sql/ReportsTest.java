package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every report, against rows worked out by hand from {@link TinyLake}. */
class ReportsTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void topArtists() throws SQLException, IOException {
    // Seven slots hold a song: t1 t2 t1, t4 t3 t1 t5; five are different songs.
    assertThat(
        report("top_artists"),
        contains(
            "1|a2|Bob|5|71.4|3|60.0|2", "2|a1|Ann|4|57.1|2|40.0|2", "3|a3|Cid|1|14.3|1|20.0|1"));
  }

  @Test
  void mostPopularTracks() throws SQLException, IOException {
    assertThat(
        report("most_popular_tracks"),
        contains(
            "1|t4|Four|Bob, Ann, Guest|80|null|1",
            "1|t1|One|Ann, Bob|80|3:05|2",
            "3|t2|Two|Bob|61|0:59|1",
            "4|t5|Five|null|10|10:00|1"));
  }

  @Test
  void popularityByReleaseYear() throws SQLException, IOException {
    // March 2020: 80 (t1), 61 (t2), 80 (t4). The song of 1999 has no popularity.
    assertThat(
        report("popularity_by_release_year"),
        contains("2020|2020-03|3|2|73.7", "null|null|1|1|10.0"));
  }

  @Test
  void albumAgainstItsTracks() throws SQLException, IOException {
    // Overall: (80 + 61 + 80 + 10) / 4 = 57.75.
    assertThat(
        report("album_against_its_tracks"),
        contains(
            "1|b3|Month|2020-03|3|1|null|80.0|57.8|null|22.3",
            "2|b1|Day|2020-03-05|10|2|50|70.5|57.8|-20.5|12.8",
            "3|b4|Unknown|0000|1|1|20|10.0|57.8|10.0|-47.8",
            "4|b2|Year|1999|8|1|30|null|57.8|null|null"));
  }

  @Test
  void playlistAsOf() throws SQLException, IOException {
    assertThat(
        report("playlist_as_of"),
        contains(
            "p1|Mixed|1|track|t1|spotify:track:t1|One|Ann, Bob|Day|2020-03-05|3:05|80|55|jazz, rock|null|null|READ|2026-11-20",
            "p1|Mixed|2|track|t2|spotify:track:t2|Two|Bob|Day|2020-03-05|0:59|61|44|rock|null|null|READ|2026-11-20",
            "p1|Mixed|3|episode|null|spotify:episode:e1|Pilot|null|null|null|null|null|null|null|null|null|READ|2026-11-20",
            "p1|Mixed|4|local|null|spotify:local:::Demo:60|Demo|null|null|null|null|null|null|null|null|null|READ|2026-11-20",
            "p1|Mixed|5|unavailable|null|null|null|null|null|null|null|null|null|null|null|null|READ|2026-11-20",
            "p1|Mixed|6|track|t1|spotify:track:t1|One|Ann, Bob|Day|2020-03-05|3:05|80|55|jazz, rock|null|null|READ|2026-11-20",
            "p2|Songs|1|track|t4|spotify:track:t4|Four|Bob, Ann, Guest|Month|2020-03|null|80|44|jazz, rock|null|null|UNCHANGED|2026-11-20",
            "p2|Songs|2|track|t3|spotify:track:t3|Three|Cid|Year|1999|60:00|null|null|null|null|null|UNCHANGED|2026-11-20",
            "p2|Songs|3|track|t1|spotify:track:t1|One|Ann, Bob|Day|2020-03-05|3:05|80|55|jazz, rock|null|null|UNCHANGED|2026-11-20",
            "p2|Songs|4|track|t5|spotify:track:t5|Five|null|Unknown|0000|10:00|10|null|null|null|null|UNCHANGED|2026-11-20"));
  }

  @Test
  void duplicates() throws SQLException, IOException {
    assertThat(
        report("duplicates"),
        contains(
            "p1|Mixed|1|t1|spotify:track:t1|One|Ann, Bob|null|track|2|1|null|null|2026-11-20",
            "p1|Mixed|6|t1|spotify:track:t1|One|Ann, Bob|null|track|2|1|null|null|2026-11-20"));
  }

  @Test
  void unavailableItems() throws SQLException, IOException {
    assertThat(
        report("unavailable_items"),
        contains(
            "p1|Mixed|4|local|spotify:local:::Demo:60|Demo|null|null|null|2026-11-20",
            "p1|Mixed|5|unavailable|null|null|null|null|null|2026-11-20"));
  }

  @Test
  void emptyTablesMakeEmptyReports() throws SQLException, IOException {
    assertAllEmptyButRuns(TinyLake.writeEmpty(folder), "PUBLISHED|true");
  }

  @Test
  void lakeWithoutPublishedRunMakesEmptyReports() throws SQLException, IOException {
    assertAllEmptyButRuns(TinyLake.writeUnpublished(folder), "AUDIT_FAILED|false");
  }

  private static void assertAllEmptyButRuns(Path lake, String run) throws SQLException {
    try (Connection duckDb = DuckDbLake.open(lake)) {
      for (SqlFiles.SqlFile report : SqlFiles.reports()) {
        List<String> rows = Sql.rows(duckDb, report.text());
        if (report.name().equals("runs")) {
          assertThat(rows, contains(containsString("|" + run + "|")));
        } else {
          assertThat(report.name(), rows, is(empty()));
        }
      }
    }
  }

  private List<String> report(String name) throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.write(folder))) {
      return Sql.rows(lake, SqlFiles.report(name).text());
    }
  }
}
