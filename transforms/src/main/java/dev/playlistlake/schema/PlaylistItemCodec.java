package dev.playlistlake.schema;

import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.PlaylistItem;

/** Rows of {@code playlist_item}. */
public final class PlaylistItemCodec extends TableCodec<PlaylistItem> {
  public PlaylistItemCodec() {
    super(LakeTable.PLAYLIST_ITEM, PlaylistItem.class);
  }

  @Override
  void fill(AvroRow row, PlaylistItem value) {
    row.put("playlist_id", value.playlistId())
        .put("position", value.position())
        .put("item_type", value.itemType().name())
        .put("track_id", value.trackId())
        .put("item_uri", value.itemUri())
        .put("item_name", value.itemName())
        .put("added_at", value.addedAt())
        .put("added_by", value.addedBy());
  }

  @Override
  PlaylistItem read(AvroRow row) {
    return new PlaylistItem(
        row.required("playlist_id"),
        row.requiredNumber("position"),
        new ItemType(row.required("item_type")),
        row.text("track_id"),
        row.text("item_uri"),
        row.text("item_name"),
        row.instant("added_at"),
        row.text("added_by"));
  }
}
