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

  /** The same item with who added it shown otherwise. */
  public PlaylistItem withAddedBy(@Nullable String newAddedBy) {
    return new PlaylistItem(
        playlistId, position, itemType, trackId, itemUri, itemName, addedAt, newAddedBy);
  }
}
