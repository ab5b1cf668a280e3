package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ViewsTest {
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void newestPublishedRunOfEachDayCounts() throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.write(folder))) {
      assertThat(
          Sql.rows(lake, "SELECT ingest_date, run_id FROM published_run ORDER BY 1"),
          contains(
              TinyLake.OLD_DAY + "|" + TinyLake.OLD_RUN,
              TinyLake.NEW_DAY + "|" + TinyLake.SECOND_RUN));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfOtherRunsAreHidden(LakeTable table) throws SQLException, IOException {
    String runs = "SELECT DISTINCT ingest_date, run_id FROM %s ORDER BY 1, 2";
    try (Connection lake = DuckDbLake.open(TinyLake.write(folder))) {
      assertThat(
          Sql.rows(lake, runs.formatted("stored_" + table.tableName())),
          contains(
              TinyLake.OLD_DAY + "|" + TinyLake.OLD_RUN,
              TinyLake.NEW_DAY + "|" + TinyLake.FIRST_RUN,
              TinyLake.NEW_DAY + "|" + TinyLake.SECOND_RUN,
              TinyLake.NEW_DAY + "|" + TinyLake.FAILED_RUN));
      assertThat(
          Sql.rows(lake, runs.formatted(table.tableName())),
          contains(
              TinyLake.OLD_DAY + "|" + TinyLake.OLD_RUN,
              TinyLake.NEW_DAY + "|" + TinyLake.SECOND_RUN));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "playlist, 4",
    "playlist_item, 10",
    "song, 5",
    "album, 4",
    "artist, 3",
    "playlist_event, 1",
    "rejected, 1",
    "run, 1"
  })
  void noRowIsLostOrDoubled(String view, String rows) throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.write(folder))) {
      assertThat(
          Sql.rows(
              lake,
              "SELECT count(*) FROM %s WHERE ingest_date = '%s'".formatted(view, TinyLake.NEW_DAY)),
          contains(rows));
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutPublishedRunViewsAreEmpty(LakeTable table) throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.writeUnpublished(folder))) {
      assertThat(Sql.rows(lake, "SELECT * FROM " + table.tableName()), is(empty()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnsAreTheTablesAndTheDay(LakeTable table) throws SQLException, IOException {
    List<String> expected =
        Stream.concat(
                table.schema().getFields().stream().map(Schema.Field::name),
                Stream.of(LakeTable.INGEST_DATE))
            .toList();
    try (Connection lake = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      String select = "SELECT * FROM ";
      assertThat(Sql.columns(lake, select + table.tableName()), is(expected));
      assertThat(Sql.columns(lake, select + "stored_" + table.tableName()), is(expected));
    }
  }
}
