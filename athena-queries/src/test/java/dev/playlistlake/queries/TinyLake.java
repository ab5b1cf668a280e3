package dev.playlistlake.queries;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A lake of a few rows, written by DuckDB with the columns that the table schemas give. */
final class TinyLake {
  static final String OLD_DAY = "2026-11-19";
  static final String NEW_DAY = "2026-11-20";
  static final String OLD_RUN = "20261119T060000Z-0001";
  static final String FIRST_RUN = "20261120T060000Z-00aa";
  static final String SECOND_RUN = "20261120T070000Z-00bb";
  static final String FAILED_RUN = "20261120T080000Z-00cc";

  private final Path folder;

  private TinyLake(Path folder) {
    this.folder = folder;
  }

  /** A lake of one published run, all tables empty. */
  static Path writeEmpty(Path folder) throws SQLException, IOException {
    TinyLake lake = new TinyLake(folder);
    try (Run run = lake.run(NEW_DAY, SECOND_RUN, "PUBLISHED")) {
      run.write();
    }
    return folder;
  }

  /** A lake of one run that failed its audit. */
  static Path writeUnpublished(Path folder) throws SQLException, IOException {
    TinyLake lake = new TinyLake(folder);
    try (Run run = lake.run(NEW_DAY, FAILED_RUN, "AUDIT_FAILED")) {
      run.marker("failed");
      run.write();
    }
    return folder;
  }

  /**
   * A lake of two days. The older has one published run; the newer has two, of which the second
   * counts, and a later one that failed its audit.
   */
  static Path write(Path folder) throws SQLException, IOException {
    TinyLake lake = new TinyLake(folder);
    try (Run run = lake.run(OLD_DAY, OLD_RUN, "PUBLISHED")) {
      run.marker("old");
      run.write();
    }
    try (Run run = lake.run(NEW_DAY, FIRST_RUN, "PUBLISHED")) {
      run.marker("first");
      run.write();
    }
    try (Run run = lake.run(NEW_DAY, FAILED_RUN, "AUDIT_FAILED")) {
      run.marker("failed");
      run.write();
    }
    try (Run run = lake.run(NEW_DAY, SECOND_RUN, "PUBLISHED")) {
      run.insert(
          "playlist (playlist_id, name, item_count, total_count, read_status, fetched_at)",
          "('p1', 'Mixed', 6, 6, 'READ', TIMESTAMPTZ '2026-11-20 07:00:01.234567Z')",
          "('p2', 'Songs', 4, 4, 'UNCHANGED', TIMESTAMPTZ '2026-11-20 07:00:02Z')",
          "('p3', 'Closed', 0, 9, 'METADATA_ONLY', TIMESTAMPTZ '2026-11-20 07:00:03Z')");
      run.insert(
          "playlist_item (playlist_id, position, item_type, track_id, item_uri, item_name)",
          "('p1', 0, 'track', 't1', 'spotify:track:t1', 'One')",
          "('p1', 1, 'track', 't2', 'spotify:track:t2', 'Two')",
          "('p1', 2, 'episode', NULL, 'spotify:episode:e1', 'Pilot')",
          "('p1', 3, 'local', NULL, 'spotify:local:::Demo:60', 'Demo')",
          "('p1', 4, 'unavailable', NULL, NULL, NULL)",
          "('p1', 5, 'track', 't1', 'spotify:track:t1', 'One')",
          "('p2', 0, 'track', 't4', 'spotify:track:t4', 'Four')",
          "('p2', 1, 'track', 't3', 'spotify:track:t3', 'Three')",
          "('p2', 2, 'track', 't1', 'spotify:track:t1', 'One')",
          "('p2', 3, 'track', 't5', 'spotify:track:t5', 'Five')");
      run.insert(
          "song (track_id, name, duration_ms, popularity, album_id, artists)",
          "('t1', 'One', 185883, 80, 'b1', [" + artist("a1", "Ann") + artist("a2", "Bob") + "])",
          "('t2', 'Two', 59999, 61, 'b1', [" + artist("a2", "Bob") + "])",
          "('t3', 'Three', 3600000, NULL, 'b2', [" + artist("a3", "Cid") + "])",
          "('t4', 'Four', NULL, 80, 'b3', ["
              + artist("a2", "Bob")
              + artist("a1", "Ann")
              + "{'artist_id': NULL, 'name': 'Guest'}])",
          "('t5', 'Five', 600500, 10, 'b4', [])");
      run.insert(
          "album (album_id, name, release_date, release_date_precision, release_year,"
              + " released_on, total_tracks, popularity)",
          "('b1', 'Day', '2020-03-05', 'day', 2020, DATE '2020-03-05', 10, 50)",
          "('b2', 'Year', '1999', 'year', 1999, NULL, 8, 30)",
          "('b3', 'Month', '2020-03', 'month', 2020, NULL, 3, NULL)",
          "('b4', 'Unknown', '0000', 'year', NULL, NULL, 1, 20)");
      run.insert(
          "artist (artist_id, name, genres)",
          "('a1', 'Ann', ['rock', 'jazz'])",
          "('a2', 'Bob', ['rock'])",
          "('a3', 'Cid', NULL)");
      run.marker("second");
      run.write();
    }
    return folder;
  }

  private static String artist(String id, String name) {
    return "{'artist_id': '%s', 'name': '%s'}, ".formatted(id, name);
  }

  private Run run(String day, String runId, String status) throws SQLException {
    return new Run(folder, day, runId, status);
  }

  /** What one run writes: tables in memory until {@link #write()}. */
  private static final class Run implements AutoCloseable {
    private final Path folder;
    private final String day;
    private final String runId;
    private final Connection connection;

    Run(Path folder, String day, String runId, String status) throws SQLException {
      this.folder = folder;
      this.day = day;
      this.runId = runId;
      this.connection = DriverManager.getConnection("jdbc:duckdb:");
      for (LakeTable table : LakeTable.values()) {
        execute(
            table.schema().getFields().stream()
                .map(field -> field.name() + " " + ColumnTypes.duckDbStored(field.schema()))
                .collect(joining(", ", "CREATE TABLE " + table.tableName() + " (", ")")));
      }
      insert(
          "run (status, started_at, finished_at)",
          "('%s', TIMESTAMPTZ '%s 06:00:00.000999Z', TIMESTAMPTZ '%s 06:30:00Z')"
              .formatted(status, day, day));
    }

    void insert(String tableAndColumns, String... rows) throws SQLException {
      execute("INSERT INTO " + tableAndColumns + " VALUES " + String.join(", ", rows));
    }

    /** A row in every table that shows which run wrote it. */
    void marker(String text) throws SQLException {
      String value = "('marker', '" + text + "')";
      insert("playlist (playlist_id, description)", value);
      insert(
          "playlist_event (playlist_id, event_seq, event_type)", "('marker', 0, '" + text + "')");
      insert("rejected (stage, subject_type, message)", "('PARSE', 'marker', '" + text + "')");
      if (!text.equals("second")) {
        insert("playlist_item (playlist_id, position, item_name)", "('marker', 0, '" + text + "')");
        insert("song (track_id, name, popularity)", "('marker', '" + text + "', 99)");
        insert("album (album_id, name)", value);
        insert("artist (artist_id, name)", value);
      }
    }

    /** Writes a file a table, the one of {@code run} last. */
    void write() throws SQLException, IOException {
      for (LakeTable table : LakeTable.values()) {
        execute("UPDATE " + table.tableName() + " SET run_id = '" + runId + "'");
        Path partition = folder.resolve(table.tableName()).resolve("ingest_date=" + day);
        Files.createDirectories(partition);
        String file = partition.resolve(runId + ".parquet").toString();
        execute(
            "COPY %s TO '%s' (FORMAT PARQUET)"
                .formatted(table.tableName(), file.replace("'", "''")));
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }
}
