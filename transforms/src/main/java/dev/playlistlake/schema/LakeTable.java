package dev.playlistlake.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;

/**
 * The tables of the lake. A table's columns are defined only in its {@code .avsc}; Parquet files,
 * coders and the catalog follow from it (decision 1).
 */
public enum LakeTable {
  PLAYLIST("playlist_id"),
  PLAYLIST_ITEM("playlist_id", "position"),
  SONG("track_id"),
  ALBUM("album_id"),
  ARTIST("artist_id"),
  PLAYLIST_EVENT("playlist_id", "event_seq"),
  REJECTED("stage", "subject_type", "playlist_id", "subject_id", "position"),
  RUN("run_id");

  /** The column with the run that wrote a row; the last one of every table. */
  public static final String RUN_ID = "run_id";

  /** The partition key: in the path only, never a column. */
  public static final String INGEST_DATE = "ingest_date";

  /**
   * Incremented with every release that adds columns or item types; column {@code
   * run.schema_version}. 2: item type {@code other}; {@code song.artist_names} and {@code
   * song.main_artist_id}.
   */
  public static final int SCHEMA_VERSION = 2;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> key;

  @SuppressWarnings("ImmutableEnumChecker") // never changed after parsing
  private final Schema schema;

  LakeTable(String... key) {
    this.key = List.of(key);
    this.schema = read(tableName() + ".avsc");
  }

  /** The name of the table and of its folder in the lake. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns that identify a row within a day. */
  public List<String> key() {
    return key;
  }

  public Schema schema() {
    return schema;
  }

  private static Schema read(String resource) {
    try (InputStream in = LakeTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no schema " + resource + " on the class path");
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
