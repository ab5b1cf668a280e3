package dev.playlistlake.schema;

import dev.playlistlake.model.EventType;
import dev.playlistlake.model.PlaylistEvent;

/** Rows of {@code playlist_event}. */
public final class PlaylistEventCodec extends TableCodec<PlaylistEvent> {
  public PlaylistEventCodec() {
    super(LakeTable.PLAYLIST_EVENT, PlaylistEvent.class);
  }

  @Override
  void fill(AvroRow row, PlaylistEvent value) {
    row.put("playlist_id", value.playlistId())
        .put("event_seq", value.eventSeq())
        .put("event_type", value.eventType().name())
        .put("track_id", value.trackId())
        .put("item_uri", value.itemUri())
        .put("item_name", value.itemName())
        .put("position_before", value.positionBefore())
        .put("position_after", value.positionAfter())
        .put("value_before", value.valueBefore())
        .put("value_after", value.valueAfter())
        .put("previous_ingest_date", value.previousIngestDate());
  }

  @Override
  PlaylistEvent read(AvroRow row) {
    return new PlaylistEvent(
        row.required("playlist_id"),
        row.requiredNumber("event_seq"),
        row.constant(EventType.class, "event_type"),
        row.text("track_id"),
        row.text("item_uri"),
        row.text("item_name"),
        row.number("position_before"),
        row.number("position_after"),
        row.text("value_before"),
        row.text("value_after"),
        row.text("previous_ingest_date"));
  }
}
