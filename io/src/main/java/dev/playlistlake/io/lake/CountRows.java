package dev.playlistlake.io.lake;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.transforms.CountBy;

/** Counts rows in the graph, under the names by which the audit finds them again. */
public final class CountRows {
  private CountRows() {}

  /** Rows of a table. */
  public static <T> CountBy<T> of(LakeTable table) {
    String name = Audit.rowsOf(table);
    return CountBy.of(row -> name);
  }

  /** Playlists by read_status. */
  public static CountBy<Playlist> byStatus() {
    return CountBy.of(playlist -> Audit.playlistsOf(playlist.readStatus()));
  }
}
