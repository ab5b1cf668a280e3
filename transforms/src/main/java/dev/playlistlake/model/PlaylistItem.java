package dev.playlistlake.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code playlist_item}; the columns are described in {@code playlist_item.avsc}. */
public record PlaylistItem(
    String playlistId,
    int position,
    ItemType itemType,
    @Nullable String trackId,
    @Nullable String itemUri,
    @Nullable String itemName,
    @Nullable Instant addedAt,
    @Nullable String addedBy) {

  /** The same at another position. */
  public PlaylistItem at(int newPosition) {
    return new PlaylistItem(
        playlistId, newPosition, itemType, trackId, itemUri, itemName, addedAt, addedBy);
  }

  /** A copy with another value of {@code added_by}. */
  public PlaylistItem withAddedBy(@Nullable String newAddedBy) {
    return new PlaylistItem(
        playlistId, position, itemType, trackId, itemUri, itemName, addedAt, newAddedBy);
  }
}
