package dev.playlistlake.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code playlist}; the columns are described in {@code playlist.avsc}. */
public record Playlist(
    String playlistId,
    @Nullable String name,
    @Nullable String description,
    @Nullable String ownerId,
    @Nullable String ownerName,
    @Nullable Boolean isPublic,
    @Nullable Boolean isCollaborative,
    @Nullable Integer followers,
    @Nullable String snapshotId,
    @Nullable Integer itemCount,
    @Nullable Integer totalCount,
    @Nullable String imageUrl,
    @Nullable String url,
    ReadStatus readStatus,
    @Nullable Instant fetchedAt,
    @Nullable Instant itemsReadAt) {

  /** A copy with the results of reading its items. */
  public Playlist withReading(
      ReadStatus status, int items, @Nullable Integer total, @Nullable Instant readAt) {
    return new Playlist(
        playlistId,
        name,
        description,
        ownerId,
        ownerName,
        isPublic,
        isCollaborative,
        followers,
        snapshotId,
        items,
        total,
        imageUrl,
        url,
        status,
        fetchedAt,
        readAt);
  }

  /** A copy with another number of followers. */
  public Playlist withFollowers(@Nullable Integer newFollowers) {
    return new Playlist(
        playlistId,
        name,
        description,
        ownerId,
        ownerName,
        isPublic,
        isCollaborative,
        newFollowers,
        snapshotId,
        itemCount,
        totalCount,
        imageUrl,
        url,
        readStatus,
        fetchedAt,
        itemsReadAt);
  }

  /** A copy with its owner shown differently, in its link too. */
  public Playlist withOwner(
      @Nullable String newOwnerId, @Nullable String newOwnerName, @Nullable String newUrl) {
    return new Playlist(
        playlistId,
        name,
        description,
        newOwnerId,
        newOwnerName,
        isPublic,
        isCollaborative,
        followers,
        snapshotId,
        itemCount,
        totalCount,
        imageUrl,
        newUrl,
        readStatus,
        fetchedAt,
        itemsReadAt);
  }

  /** A copy with another read status. */
  public Playlist withStatus(ReadStatus status) {
    return new Playlist(
        playlistId,
        name,
        description,
        ownerId,
        ownerName,
        isPublic,
        isCollaborative,
        followers,
        snapshotId,
        itemCount,
        totalCount,
        imageUrl,
        url,
        status,
        fetchedAt,
        itemsReadAt);
  }
}
