package dev.playlistlake.glue;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A lake written by hand. Its older day is of a time when tables had fewer columns. Its newer day
 * has a superseded run, the run that counts, a later one that failed its audit and the latest,
 * which died before it left a row in {@code run}. Of the days between there is nothing.
 */
final class HandLake {
  static final String OLD_DAY = LocalDate.now(ZoneOffset.UTC).minusDays(5).toString();
  static final String NEW_DAY = LocalDate.now(ZoneOffset.UTC).minusDays(2).toString();
  static final String OLD_RUN = runId(OLD_DAY, "060000Z-0001");
  static final String SUPERSEDED_RUN = runId(NEW_DAY, "060000Z-00aa");
  static final String COUNTING_RUN = runId(NEW_DAY, "070000Z-00bb");
  static final String FAILED_RUN = runId(NEW_DAY, "080000Z-00cc");
  static final String DEAD_RUN = runId(NEW_DAY, "090000Z-00dd");

  private HandLake() {}

  /** Writes it into a folder. */
  static void write(Path lake) throws SQLException, IOException {
    try (TablesAsLake tables = new TablesAsLake()) {
      for (LakeTable table : LakeTable.values()) {
        tables.execute("ALTER TABLE " + table.tableName() + " DROP COLUMN " + late(table));
      }
      // The view song fills them.
      tables.execute("ALTER TABLE song DROP COLUMN artist_names");
      tables.execute("ALTER TABLE song DROP COLUMN main_artist_id");
      write(tables, lake, OLD_DAY, OLD_RUN, "PUBLISHED");
    }
    write(lake, SUPERSEDED_RUN, "PUBLISHED");
    write(lake, COUNTING_RUN, "PUBLISHED");
    write(lake, FAILED_RUN, "AUDIT_FAILED");
    write(lake, DEAD_RUN, "PUBLISHED");
    Files.delete(lake.resolve("run/ingest_date=" + NEW_DAY).resolve(DEAD_RUN + ".parquet"));
  }

  /** A column that the older day's files lack. */
  static String late(LakeTable table) {
    return switch (table) {
      case PLAYLIST -> "items_read_at";
      case PLAYLIST_ITEM -> "added_by";
      case SONG, ALBUM, ARTIST -> "popularity";
      case PLAYLIST_EVENT -> "value_after";
      case REJECTED -> "message";
      case RUN -> "resume_at";
    };
  }

  private static void write(Path lake, String runId, String status)
      throws SQLException, IOException {
    try (TablesAsLake tables = new TablesAsLake()) {
      write(tables, lake, NEW_DAY, runId, status);
    }
  }

  /** A row a table, which shows by its run_id who wrote it. */
  private static void write(TablesAsLake tables, Path lake, String day, String runId, String status)
      throws SQLException, IOException {
    tables.insert(
        "playlist (playlist_id, name, item_count, read_status)", "('p1', 'List', 1, 'READ')");
    tables.insert(
        "playlist_item (playlist_id, position, item_type, track_id, item_uri, item_name)",
        "('p1', 0, 'track', 't1', 'spotify:track:t1', 'Song')");
    tables.insert(
        "song (track_id, name, duration_ms, album_id, artists)",
        "('t1', 'Song', 180000, 'b1', [{'artist_id': 'a1', 'name': 'Ann'}, {'artist_id': NULL, 'name': 'Guest'}])");
    tables.insert("album (album_id, name, released_on)", "('b1', 'Album', DATE '2020-02-29')");
    tables.insert("artist (artist_id, name, genres)", "('a1', 'Ann', ['rock'])");
    tables.insert("playlist_event (playlist_id, event_seq, event_type)", "('p1', 0, 'FIRST_SEEN')");
    tables.insert("rejected (stage, subject_type, reason)", "('PARSE', 'item', 'ITEM_UNREADABLE')");
    tables.insertRun(day, status);
    tables.write(lake, day, runId);
  }

  private static String runId(String day, String rest) {
    return day.replace("-", "") + "T" + rest;
  }
}
