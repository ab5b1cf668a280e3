package dev.playlistlake.queries;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreludeTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

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
        "sequence(1, 0); [1, 0]",
        "regexp_like('abc', 'b'); true",
        "date_format(TIMESTAMP '2026-11-20 06:07:08', '%Y-%m-%d %H:%i:%s'); 2026-11-20 06:07:08",
        "(SELECT approx_distinct(x) FROM (VALUES (1), (2), (2)) AS t(x)); 2",
        "(SELECT approx_percentile(x, 0.5) FROM (VALUES (1), (2), (3)) AS t(x)); 2",
      })
  void functionsAnswerAsAthenaDoes(String expression, String value)
      throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      assertThat(DuckDbLake.rows(lake, "SELECT " + expression), contains(value));
    }
  }

  @Test
  void timestampsAreRoundedMillisecondsOfUtcAndTheDayIsText() throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.write(folder))) {
      assertThat(
          DuckDbLake.rows(
              lake,
              "SELECT CAST(fetched_at AS VARCHAR), typeof(fetched_at), typeof(ingest_date)"
                  + " FROM playlist WHERE playlist_id = 'p1'"),
          contains("2026-11-20 07:00:01.235|TIMESTAMP|VARCHAR"));
      assertThat(
          DuckDbLake.rows(lake, "SELECT CAST(started_at AS VARCHAR) FROM run ORDER BY 1"),
          contains("2026-11-19 06:00:00.001", "2026-11-20 06:00:00.001"));
    }
  }

  @Test
  void sessionCanMoveToAnotherLake() throws SQLException, IOException {
    Path empty = TinyLake.writeEmpty(Files.createDirectory(folder.resolve("empty")));
    Path full = TinyLake.write(Files.createDirectory(folder.resolve("it's full")));
    try (Connection lake = DuckDbLake.open(full);
        Statement statement = lake.createStatement()) {
      assertThat(DuckDbLake.rows(lake, "SELECT count(*) FROM song"), contains("6"));
      statement.execute("SET VARIABLE lake = '" + empty + "'");
      assertThat(DuckDbLake.rows(lake, "SELECT count(*) FROM song"), contains("0"));
    }
  }

  @Test
  void columnsThatOlderFilesLackAreNull() throws SQLException, IOException {
    TinyLake.write(folder);
    Path old = folder.resolve("artist/ingest_date=2026-11-19/" + TinyLake.OLD_RUN + ".parquet");
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
          DuckDbLake.rows(
              lake, "SELECT name, genres, fetched_at FROM artist WHERE artist_id = 'marker'"),
          is(List.of("old|null|null")));
    }
  }
}
