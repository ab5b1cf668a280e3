package dev.playlistlake.model;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a playlist stood on the published day before: what decides whether it is read again and what
 * of it is carried.
 *
 * @param status of that day
 * @param snapshotId that Spotify told then
 * @param itemCount rows published
 * @param totalCount items that Spotify told then
 * @param itemsReadAt when its items were last read completely; null if never
 */
public record PriorReading(
    ReadStatus status,
    @Nullable String snapshotId,
    int itemCount,
    @Nullable Integer totalCount,
    @Nullable Instant itemsReadAt)
    implements Serializable {

  /** What a row of the day before says. */
  public static PriorReading of(Playlist row) {
    return new PriorReading(
        row.readStatus(),
        row.snapshotId(),
        row.itemCount() == null ? 0 : row.itemCount(),
        row.totalCount(),
        row.itemsReadAt());
  }

  public boolean isComplete() {
    return status.isComplete();
  }

  /** Whether all items of that day still hold where Spotify tells this today. */
  public boolean holdsFor(@Nullable String snapshotIdToday, @Nullable Integer totalToday) {
    return isComplete()
        && snapshotId != null
        && snapshotId.equals(snapshotIdToday)
        && totalCount != null
        && Objects.equals(totalCount, totalToday);
  }
}
