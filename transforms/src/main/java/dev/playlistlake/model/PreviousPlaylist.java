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
 * @param version what names its items as they were: the snapshot_id; of Liked Songs, which have
 *     none, when the newest was added; null where nothing does
 * @param followers that Spotify told then
 * @param itemCount rows published
 * @param totalCount items that Spotify told then
 * @param fetchedAt when Spotify told of it
 * @param itemsReadAt when its items were last read completely; null if never
 */
public record PreviousPlaylist(
    ReadStatus status,
    @Nullable String version,
    @Nullable Integer followers,
    int itemCount,
    @Nullable Integer totalCount,
    @Nullable Instant fetchedAt,
    @Nullable Instant itemsReadAt)
    implements Serializable {

  /** What a row of the day before says. */
  public static PreviousPlaylist of(Playlist row) {
    return new PreviousPlaylist(
        row.readStatus(),
        row.snapshotId(),
        row.followers(),
        row.itemCount() == null ? 0 : row.itemCount(),
        row.totalCount(),
        row.fetchedAt(),
        row.itemsReadAt());
  }

  public boolean isComplete() {
    return status.isComplete();
  }

  /** The same with another version. */
  public PreviousPlaylist withVersion(@Nullable String newVersion) {
    return new PreviousPlaylist(
        status, newVersion, followers, itemCount, totalCount, fetchedAt, itemsReadAt);
  }

  /** Whether all items of that day still hold where Spotify tells this today. */
  public boolean holdsFor(@Nullable String versionToday, @Nullable Integer totalToday) {
    return isComplete()
        && isVersion(versionToday)
        && totalCount != null
        && Objects.equals(totalCount, totalToday);
  }

  /** Whether its items are named as they were. */
  public boolean isVersion(@Nullable String versionToday) {
    return version != null && version.equals(versionToday);
  }
}
