package dev.playlistlake.schema;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;

/** Rows of {@code playlist}. */
public final class PlaylistCodec extends TableCodec<Playlist> {
  public PlaylistCodec() {
    super(LakeTable.PLAYLIST, Playlist.class);
  }

  @Override
  void fill(AvroRow row, Playlist value) {
    row.put("playlist_id", value.playlistId())
        .put("name", value.name())
        .put("description", value.description())
        .put("owner_id", value.ownerId())
        .put("owner_name", value.ownerName())
        .put("is_public", value.isPublic())
        .put("is_collaborative", value.isCollaborative())
        .put("followers", value.followers())
        .put("snapshot_id", value.snapshotId())
        .put("item_count", value.itemCount())
        .put("total_count", value.totalCount())
        .put("image_url", value.imageUrl())
        .put("url", value.url())
        .put("read_status", value.readStatus().name())
        .put("fetched_at", value.fetchedAt())
        .put("items_read_at", value.itemsReadAt());
  }

  @Override
  Playlist read(AvroRow row) {
    return new Playlist(
        row.required("playlist_id"),
        row.text("name"),
        row.text("description"),
        row.text("owner_id"),
        row.text("owner_name"),
        row.flag("is_public"),
        row.flag("is_collaborative"),
        row.number("followers"),
        row.text("snapshot_id"),
        row.number("item_count"),
        row.number("total_count"),
        row.text("image_url"),
        row.text("url"),
        new ReadStatus(row.required("read_status")),
        row.instant("fetched_at"),
        row.instant("items_read_at"));
  }
}
