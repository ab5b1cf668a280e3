package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.testing.Sql;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job's own lake, made by its own process, asked by DuckDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class SampleLakeTest {
  /** These compare days, and the sample has one. */
  private static final Set<String> OF_SEVERAL_DAYS =
      Set.of(
          "entered_and_left",
          "lost_songs",
          "missing_days",
          "popularity_movers",
          "rotation",
          "weekly_churn");

  private Connection duckDb;

  @BeforeAll
  void makeTheLake(@TempDir Path folder) throws IOException, InterruptedException, SQLException {
    Process job =
        new ProcessBuilder(
                JarRun.java(
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.playlistlake.pipeline.PlaylistLake"))
            .directory(folder.toFile())
            .redirectOutput(new File(folder.toFile(), "out"))
            .redirectError(new File(folder.toFile(), "err"))
            .start();
    assertThat(job.waitFor(), is(0));
    duckDb = DuckDbLake.open(folder.resolve("lake-sample"));
  }

  @AfterAll
  void close() throws SQLException {
    duckDb.close();
  }

  static List<SqlFiles.SqlFile> reports() {
    return SqlFiles.reports();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void everyReportAnswers(SqlFiles.SqlFile report) throws SQLException {
    assertThat(
        Sql.rows(duckDb, report.text()).isEmpty(), is(OF_SEVERAL_DAYS.contains(report.name())));
  }

  /** Items, their songs, albums and artists: whatever is named is there. */
  @Test
  void joiningAllTablesLosesNothing() throws SQLException {
    List<String> joined =
        Sql.rows(
            duckDb,
            "select count(*), count(distinct (i.playlist_id, i.position)) from playlist_item i"
                + " join song s using (ingest_date, track_id)"
                + " join album al using (ingest_date, album_id)"
                + " cross join unnest(s.artists) as a"
                + " join artist r on r.ingest_date = s.ingest_date and r.artist_id = a.artist_id");
    List<String> expected =
        Sql.rows(
            duckDb,
            "select sum(cardinality(s.artists)), count(*) from playlist_item i"
                + " join song s using (ingest_date, track_id)");
    assertThat(joined, is(expected));
    assertThat(
        Sql.rows(
            duckDb,
            "select count(*) from playlist_item where track_id is not null and track_id not in"
                + " (select track_id from song)"),
        contains("0"));
  }

  @Test
  void theSampleShowsWhatThereIs() throws SQLException {
    assertThat(
        Sql.rows(duckDb, "select distinct item_type from playlist_item order by item_type"),
        contains("episode", "local", "track", "unavailable"));
    assertThat(
        Sql.rows(duckDb, "select reason from rejected order by reason"),
        contains("FORBIDDEN", "NOT_FOUND", "NOT_READABLE_BY_THIS_APP"));
    assertThat(
        Sql.rows(
            duckDb,
            "select count(*) from (select playlist_id, track_id from playlist_item"
                + " where track_id is not null group by 1, 2 having count(*) > 1)"),
        is(not(contains("0"))));
    assertThat(
        Sql.rows(
            duckDb,
            "select count(*) > 0 from playlist p join (select playlist_id, count(*) as n,"
                + " min(position) as low, max(position) as high from playlist_item group by 1) i"
                + " using (playlist_id) where p.item_count > 100 and i.n = p.item_count"
                + " and i.low = 0 and i.high = p.item_count - 1"),
        contains("true"));
  }
}
