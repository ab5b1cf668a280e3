package dev.playlistlake.queries.sql;

import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A lake of a few rows. */
public final class TinyLake {
  public static final String OLD_DAY = "2026-11-19";
  public static final String NEW_DAY = "2026-11-20";
  public static final String OLD_RUN = "20261119T060000Z-0001";
  public static final String FIRST_RUN = "20261120T060000Z-00aa";
  public static final String SECOND_RUN = "20261120T070000Z-00bb";
  public static final String FAILED_RUN = "20261120T080000Z-00cc";

  private TinyLake() {}

  /** A lake of one published run, all tables empty. */
  public static Path writeEmpty(Path folder) throws SQLException, IOException {
    try (TablesAsLake tables = new TablesAsLake()) {
      tables.insertRun(NEW_DAY, "PUBLISHED");
      tables.write(folder, NEW_DAY, SECOND_RUN);
    }
    return folder;
  }

  /** A lake of one run that failed its audit. */
  public static Path writeUnpublished(Path folder) throws SQLException, IOException {
    writeMarked(folder, NEW_DAY, FAILED_RUN, "AUDIT_FAILED", "failed");
    return folder;
  }

  /**
   * A lake of two days. The older has one published run; the newer has two, of which the second
   * counts, and a later one that failed its audit.
   */
  public static Path write(Path folder) throws SQLException, IOException {
    writeMarked(folder, OLD_DAY, OLD_RUN, "PUBLISHED", "old");
    writeMarked(folder, NEW_DAY, FIRST_RUN, "PUBLISHED", "first");
    writeUnpublished(folder);
    try (TablesAsLake tables = new TablesAsLake()) {
      tables.insert(
          "playlist (playlist_id, name, item_count, total_count, read_status, fetched_at)",
          "('p1', 'Mixed', 6, 6, 'READ', TIMESTAMPTZ '2026-11-20 07:00:01.234567Z')",
          "('p2', 'Songs', 4, 4, 'UNCHANGED', TIMESTAMPTZ '2026-11-20 07:00:02Z')",
          "('p3', 'Closed', 0, 9, 'METADATA_ONLY', TIMESTAMPTZ '2026-11-20 07:00:03Z')");
      tables.insert(
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
      tables.insert(
          "song (track_id, name, duration_ms, popularity, album_id, artists)",
          "('t1', 'One', 185883, 80, 'b1', [" + artist("a1", "Ann") + artist("a2", "Bob") + "])",
          "('t2', 'Two', 59999, 61, 'b1', [" + artist("a2", "Bob") + "])",
          "('t3', 'Three', 3600000, NULL, 'b2', [" + artist("a3", "Cid") + "])",
          "('t4', 'Four', NULL, 80, 'b3', ["
              + artist("a2", "Bob")
              + artist("a1", "Ann")
              + "{'artist_id': NULL, 'name': 'Guest'}])",
          "('t5', 'Five', 600500, 10, 'b4', [])");
      tables.insert(
          "album (album_id, name, release_date, release_date_precision, release_year,"
              + " released_on, total_tracks, popularity)",
          "('b1', 'Day', '2020-03-05', 'day', 2020, DATE '2020-03-05', 10, 50)",
          "('b2', 'Year', '1999', 'year', 1999, NULL, 8, 30)",
          "('b3', 'Month', '2020-03', 'month', 2020, NULL, 3, NULL)",
          "('b4', 'Unknown', '0000', 'year', NULL, NULL, 1, 20)");
      tables.insert(
          "artist (artist_id, name, genres, popularity)",
          "('a1', 'Ann', ['rock', 'jazz'], 55)",
          "('a2', 'Bob', ['rock'], 44)",
          "('a3', 'Cid', NULL, NULL)");
      mark(tables, "second");
      tables.insertRun(NEW_DAY, "PUBLISHED");
      tables.write(folder, NEW_DAY, SECOND_RUN);
    }
    return folder;
  }

  private static String artist(String id, String name) {
    return "{'artist_id': '%s', 'name': '%s'}, ".formatted(id, name);
  }

  private static void writeMarked(Path folder, String day, String runId, String status, String text)
      throws SQLException, IOException {
    try (TablesAsLake tables = new TablesAsLake()) {
      mark(tables, text);
      tables.insert(
          "playlist_item (playlist_id, position, item_name)", "('marker', 0, '" + text + "')");
      tables.insert("song (track_id, name, popularity)", "('marker', '" + text + "', 99)");
      tables.insert("album (album_id, name)", "('marker', '" + text + "')");
      tables.insert("artist (artist_id, name)", "('marker', '" + text + "')");
      tables.insertRun(day, status);
      tables.write(folder, day, runId);
    }
  }

  /** Rows that show which run wrote them. */
  private static void mark(TablesAsLake tables, String text) throws SQLException {
    tables.insert("playlist (playlist_id, description)", "('marker', '" + text + "')");
    tables.insert(
        "playlist_event (playlist_id, event_seq, event_type)", "('marker', 0, '" + text + "')");
    tables.insert("rejected (stage, subject_type, message)", "('PARSE', 'marker', '" + text + "')");
  }
}
