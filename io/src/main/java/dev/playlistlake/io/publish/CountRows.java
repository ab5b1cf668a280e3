package dev.playlistlake.io.publish;

import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.transforms.CountBy;

/** Counts rows in the graph, under the names by which the audit looks them up. */
public final class CountRows {
  private CountRows() {}

  /** Rows of a table. */
  public static <T> CountBy<T> of(LakeTable table) {
    String name = Audit.rowsOf(table);
    return CountBy.of(row -> name);
  }

  /** Entries of the list: playlists, and words that Spotify could not resolve. */
  public static CountBy<ListEntry> ofList() {
    return CountBy.of(
        entry -> {
          if (entry.playlistId() != null) {
            return Counts.PLAYLISTS_LISTED;
          }
          return entry.namesNone() ? Counts.INVALID_ENTRIES : Counts.PLAYLISTS_REJECTED;
        });
  }

  /** Playlists by read_status. */
  public static CountBy<Playlist> byStatus() {
    return CountBy.of(playlist -> Audit.playlistsOf(playlist.readStatus()));
  }

  /** Playlists of the day before. */
  public static CountBy<Playlist> ofDayBefore() {
    return CountBy.of(playlist -> Counts.PLAYLISTS_BEFORE);
  }

  /** Rejected rows: those of playlists that were left unread because a quota is used up. */
  public static CountBy<Rejection> byQuota() {
    return CountBy.of(
        rejection ->
            rejection.subjectType() == SubjectType.PLAYLIST
                    && Reason.QUOTA_EXCEEDED.equals(rejection.reason())
                ? Counts.UNREAD_BY_QUOTA
                : Counts.OTHER_REJECTED);
  }

  /** Events by type. */
  public static CountBy<PlaylistEvent> byType() {
    return CountBy.of(event -> Counts.events(event.eventType()));
  }
}
