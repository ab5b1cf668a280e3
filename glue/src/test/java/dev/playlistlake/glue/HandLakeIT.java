package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Trino makes of a lake's odd days, with days projected and with days announced. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class HandLakeIT {
  private final Map<TrinoLake.Days, Connection> trino = new EnumMap<>(TrinoLake.Days.class);
  private Connection duckDb;
  private Path folder;

  @BeforeAll
  void makeTheLake(@TempDir Path lake) throws IOException, SQLException {
    TrinoServer server = TrinoServer.shared();
    HandLake.write(lake);
    folder = lake;
    // Before it the lake has nothing; of these days there are no folders either.
    String firstDay = LocalDate.parse(HandLake.OLD_DAY).minusDays(3).toString();
    for (TrinoLake.Days days : TrinoLake.Days.values()) {
      trino.put(days, TrinoLake.open(server, "hand_" + days.schemaPart(), lake, firstDay, days));
    }
    duckDb = DuckDbLake.open(lake);
  }

  @AfterAll
  void close() throws SQLException {
    for (Connection connection : trino.values()) {
      connection.close();
    }
    if (duckDb != null) {
      duckDb.close();
    }
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(LakeTable.values())
        .flatMap(
            table -> Stream.of(TrinoLake.Days.values()).map(days -> Arguments.of(table, days)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void newestPublishedRunOfADayCounts(LakeTable table, TrinoLake.Days days) throws SQLException {
    String runs = "SELECT ingest_date, run_id FROM %s ORDER BY 1, 2";
    Answer all = Answer.of(trino(days), runs.formatted("stored_" + table.tableName()));
    Answer counting = Answer.of(trino(days), runs.formatted(table.tableName()));
    assertThat(
        counting.rows(),
        contains(
            row(HandLake.OLD_DAY, HandLake.OLD_RUN), row(HandLake.NEW_DAY, HandLake.COUNTING_RUN)));
    // Nothing is hidden because it was not found.
    assertThat(all.rows().size(), is(table == LakeTable.RUN ? 4 : 5));
    counting.assertSame(table.tableName(), Answer.of(duckDb, runs.formatted(table.tableName())));
    all.assertSame(
        table.tableName(), Answer.of(duckDb, runs.formatted("stored_" + table.tableName())));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void columnsThatOldFilesLackAreNull(LakeTable table, TrinoLake.Days days) throws SQLException {
    String sql =
        "SELECT * FROM %s WHERE ingest_date = '%s'".formatted(table.tableName(), HandLake.OLD_DAY);
    Answer answer = Answer.of(trino(days), sql);
    assertThat(answer.rows().size(), is(1));
    int late = answer.columns().indexOf(HandLake.late(table));
    assertThat(answer.rows().get(0).get(late), is("NULL"));
    answer.assertSame(table.tableName(), Answer.of(duckDb, sql));
  }

  /** A crawler's way: what nobody announced is not there. */
  @ParameterizedTest
  @EnumSource
  void daysAreThereWhenTheyAreKnown(TrinoLake.Days days) throws SQLException, IOException {
    String schema = "unknown_" + days.schemaPart();
    try (Connection connection = TrinoServer.shared().connect(schema);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
      TrinoDdl table = TrinoDdl.parse(TrinoLake.ddl("song", folder, HandLake.OLD_DAY));
      statement.execute(days == TrinoLake.Days.PROJECTED ? table.projected() : table.unprojected());
      String count = "SELECT count(*) FROM stored_song";
      boolean projected = days == TrinoLake.Days.PROJECTED;
      assertThat(Answer.of(connection, count).rows(), contains(List.of(projected ? "5" : "0")));
      if (!projected) {
        statement.execute(TrinoLake.announce(schema, "stored_song"));
        assertThat(Answer.of(connection, count).rows(), contains(List.of("5")));
      }
    }
  }

  private Connection trino(TrinoLake.Days days) {
    Connection connection = trino.get(days);
    if (connection == null) {
      throw new IllegalStateException("no lake for " + days);
    }
    return connection;
  }

  private static List<String> row(String day, String runId) {
    return List.of("'" + day + "'", "'" + runId + "'");
  }
}
