package dev.playlistlake.model.run;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A playlist's state on the previous published day, which decides whether it is read again and what
 * is carried.
 *
 * @param status of that day
 * @param version identifies its items: the snapshot_id; for Liked Songs, which have none, when the
 *     newest was added; null if unknown
 * @param followers according to Spotify then
 * @param itemCount rows published
 * @param totalCount items according to Spotify then
 * @param fetchedAt when it was fetched
 * @param itemsReadAt when its items were last read completely; null if never
 * @param prefixes of its items; null if they are not known
 */
public record PreviousPlaylist(
    ReadStatus status,
    @Nullable String version,
    @Nullable Integer followers,
    int itemCount,
    @Nullable Integer totalCount,
    @Nullable Instant fetchedAt,
    @Nullable Instant itemsReadAt,
    @Nullable UriPrefixes prefixes)
    implements Serializable {

  /** From a row of the day before. */
  public static PreviousPlaylist of(Playlist row) {
    return new PreviousPlaylist(
        row.readStatus(),
        row.snapshotId(),
        row.followers(),
        row.itemCount() == null ? 0 : row.itemCount(),
        row.totalCount(),
        row.fetchedAt(),
        row.itemsReadAt(),
        null);
  }

  public boolean isComplete() {
    return status.isComplete();
  }

  /** A copy with another version. */
  public PreviousPlaylist withVersion(@Nullable String newVersion) {
    return new PreviousPlaylist(
        status, newVersion, followers, itemCount, totalCount, fetchedAt, itemsReadAt, prefixes);
  }

  /** A copy with other beginnings of its items; null if they are not known. */
  public PreviousPlaylist withPrefixes(@Nullable UriPrefixes known) {
    return new PreviousPlaylist(
        status, version, followers, itemCount, totalCount, fetchedAt, itemsReadAt, known);
  }

  /**
   * Whether a first page may repeat its first items.
   *
   * @param count how many items that page has
   * @param uris their fingerprint by {@link UriPrefixes}
   */
  public boolean beginsWith(int count, long uris) {
    return prefixes == null || prefixes.startWith(count, uris);
  }

  /** Whether all items of that day still hold, given today's version and total. */
  public boolean holdsFor(@Nullable String versionToday, @Nullable Integer totalToday) {
    return isComplete()
        && isVersion(versionToday)
        && totalCount != null
        && Objects.equals(totalCount, totalToday);
  }

  /** Whether its items still have this version. */
  public boolean isVersion(@Nullable String versionToday) {
    return version != null && version.equals(versionToday);
  }
}
