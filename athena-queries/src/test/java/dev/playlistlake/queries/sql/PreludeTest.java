package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Golden;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreludeTest {
  private static final Path PRELUDE = Path.of("duckdb", "prelude.sql");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void storedViewsAreWhatTheSchemasSay() throws IOException {
    Golden.assertUpToDate(
        PRELUDE,
        StoredViews.refreshed(Files.readString(PRELUDE)),
        "transforms,athena-queries",
        PreludeTest.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "7 / 2; 3",
        "array_join(['a', NULL, 'b'], ', '); a, b",
        "'<' || array_join([NULL], ', ') || '>'; <>",
        "array_join(CAST(NULL AS VARCHAR[]), ', '); null",
        "element_at([1, 2], 2); 2",
        "element_at([1, 2], 3); null",
        "sequence(1, 3); [1, 2, 3]",
        "cardinality([5, NULL]); 2",
        "array_join(transform([{'name': 'a'}, {'name': 'b'}], x -> x.name), ', '); a, b",
        "sequence(1, 0); [1, 0]",
        "regexp_like('abc', 'b'); true",
        "date_format(TIMESTAMP '2026-11-20 06:07:08', '%Y-%m-%d %H:%i:%s'); 2026-11-20 06:07:08",
        "(SELECT approx_distinct(x) FROM (VALUES (1), (2), (2)) AS t(x)); 2",
        "(SELECT approx_percentile(x, 0.5) FROM (VALUES (1), (2), (3)) AS t(x)); 2",
      })
  void functionsAnswerAsAthenaDoes(String expression, String value)
      throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      assertThat(Sql.rows(lake, "SELECT " + expression), contains(value));
    }
  }

  @Test
  void timestampsAreRoundedMillisecondsOfUtcAndTheDayIsText() throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.write(folder))) {
      assertThat(
          Sql.rows(
              lake,
              "SELECT CAST(fetched_at AS VARCHAR), typeof(fetched_at), typeof(ingest_date)"
                  + " FROM playlist WHERE playlist_id = 'p1'"),
          contains("2026-11-20 07:00:01.235|TIMESTAMP|VARCHAR"));
      assertThat(
          Sql.rows(lake, "SELECT CAST(started_at AS VARCHAR) FROM run ORDER BY 1"),
          contains("2026-11-19 06:00:00.001", "2026-11-20 06:00:00.001"));
    }
  }

  @Test
  void sessionCanMoveToAnotherLake() throws SQLException, IOException {
    Path empty = TinyLake.writeEmpty(Files.createDirectory(folder.resolve("empty")));
    Path full = TinyLake.write(Files.createDirectory(folder.resolve("it's full")));
    // As with DuckDB's own command line: the prelude, then the views.
    try (Connection lake = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = lake.createStatement()) {
      statement.execute("SET VARIABLE lake = '" + full.toString().replace("'", "''") + "'");
      statement.execute(SqlFiles.duckDbPrelude().text());
      for (SqlFiles.SqlFile view : SqlFiles.views()) {
        statement.execute(view.text());
      }
      assertThat(Sql.rows(lake, "SELECT count(*) FROM song"), contains("6"));
      statement.execute("SET VARIABLE lake = '" + empty + "'");
      assertThat(Sql.rows(lake, "SELECT count(*) FROM song"), contains("0"));
    }
  }

  @Test
  void columnsThatOlderFilesLackAreNull() throws SQLException, IOException {
    TinyLake.write(folder);
    Path old =
        folder.resolve(
            "artist/ingest_date=2026-11-19/" + TinyLake.OLD_RUN + "-00000-of-00001.parquet");
    try (Connection lake = DuckDbLake.open(folder);
        Statement statement = lake.createStatement()) {
      Path older = folder.resolve("older.parquet");
      statement.execute(
          "COPY (SELECT artist_id, name, run_id FROM stored_artist WHERE ingest_date = '%s') TO '%s'"
              .formatted(TinyLake.OLD_DAY, older));
      Files.move(older, old, StandardCopyOption.REPLACE_EXISTING);
    }
    try (Connection lake = DuckDbLake.open(folder)) {
      assertThat(
          Sql.rows(lake, "SELECT name, genres, fetched_at FROM artist WHERE artist_id = 'marker'"),
          is(List.of("old|null|null")));
    }
  }

  @Test
  void columnsThatNoFileHasAreNullAndReportsAnswer() throws SQLException, IOException {
    TinyLake.writeEmpty(folder);
    narrow("song", "'t1' AS track_id, 'One' AS name");
    narrow("artist", "'a1' AS artist_id, 'Ann' AS name");
    narrow("album", "'b1' AS album_id");
    narrow("playlist", "'p1' AS playlist_id, 'Mixed' AS name, 'READ' AS read_status");
    narrow("playlist_item", "'p1' AS playlist_id, 0 AS position, 't1' AS track_id");
    narrow("playlist_event", "'p1' AS playlist_id");
    narrow("rejected", "'PARSE' AS stage");
    narrow("run", "'PUBLISHED' AS status");
    try (Connection lake = DuckDbLake.open(folder)) {
      assertThat(
          Sql.rows(lake, "SELECT name, isrc, artists, fetched_at, ingest_date FROM song"),
          contains("One|null|null|null|" + TinyLake.NEW_DAY));
      for (LakeTable table : LakeTable.values()) {
        String name = table.tableName();
        assertThat(Sql.rows(lake, "SELECT run_id FROM " + name), contains(TinyLake.SECOND_RUN));
        assertThat(
            Sql.rows(
                lake,
                "SELECT column_name, replace(column_type, '\"', '') FROM (DESCRIBE stored_"
                    + name
                    + ")"),
            is(columns(table)));
      }
      for (SqlFile report : SqlFiles.reports()) {
        Sql.rows(lake, report.text());
      }
    }
  }

  @Test
  void onlyTheFilesOfTheDayAreRead() throws SQLException, IOException {
    TinyLake.write(folder);
    try (Connection lake = DuckDbLake.open(folder)) {
      assertThat(
          filesRead(
              lake,
              "SELECT count(name) FROM stored_song WHERE ingest_date = '" + TinyLake.OLD_DAY + "'"),
          contains("1"));
      // A join is pruned while it runs: the day's one row comes first.
      assertThat(
          filesRead(
              lake,
              "SELECT count(s.name) FROM stored_song AS s"
                  + " JOIN (SELECT min(d) AS day FROM (VALUES ('2026-11-19'), ('2026-11-21')) AS t(d))"
                  + " AS d ON s.ingest_date = d.day"),
          contains("1"));
    }
  }

  private static List<String> filesRead(Connection lake, String sql) throws SQLException {
    String plan = Sql.rows(lake, "EXPLAIN ANALYZE " + sql).toString();
    return Pattern.compile("Total Files Read: (\\d+)")
        .matcher(plan)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static List<String> columns(LakeTable table) {
    List<String> columns = new ArrayList<>();
    for (Schema.Field field : table.schema().getFields()) {
      columns.add(field.name() + "|" + ColumnTypes.duckDb(field.schema()));
    }
    columns.add(LakeTable.INGEST_DATE + "|VARCHAR");
    return columns;
  }

  /** In the place of a table's one file, another one with these columns and {@code run_id} only. */
  private void narrow(String table, String columns) throws SQLException {
    Path file =
        folder.resolve(
            table
                + "/ingest_date="
                + TinyLake.NEW_DAY
                + "/"
                + TinyLake.SECOND_RUN
                + (table.equals("run") ? "" : "-00000-of-00001")
                + ".parquet");
    try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT %s, '%s' AS run_id) TO '%s' (FORMAT PARQUET)"
              .formatted(columns, TinyLake.SECOND_RUN, file));
    }
  }
}
