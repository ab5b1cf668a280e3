package dev.playlistlake.schema;

import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;

/** Rows of {@code run}. */
public final class RunRowCodec extends TableCodec<RunRow> {
  public RunRowCodec() {
    super(LakeTable.RUN, RunRow.class);
  }

  @Override
  void fill(AvroRow row, RunRow value) {
    row.put("run_id", value.runId())
        .put("started_at", value.startedAt())
        .put("finished_at", value.finishedAt())
        .put("status", value.status().name())
        .put("runner", value.runner())
        .put("version", value.version())
        .put("schema_version", value.schemaVersion())
        .put("requests", value.requests())
        .put("playlists_listed", value.playlistsListed())
        .put("playlists_read", value.playlistsRead())
        .put("playlists_unchanged", value.playlistsUnchanged())
        .put("playlists_stale", value.playlistsStale())
        .put("playlists_incomplete", value.playlistsIncomplete())
        .put("playlists_metadata_only", value.playlistsMetadataOnly())
        .put("playlists_rejected", value.playlistsRejected())
        .put("playlist_rows", value.playlistRows())
        .put("playlist_item_rows", value.playlistItemRows())
        .put("song_rows", value.songRows())
        .put("album_rows", value.albumRows())
        .put("artist_rows", value.artistRows())
        .put("playlist_event_rows", value.playlistEventRows())
        .put("rejected_rows", value.rejectedRows())
        .put("missing_capabilities", value.missingCapabilities())
        .put("stopped_by", value.stoppedBy())
        .put("resume_at", value.resumeAt())
        .put("config", value.config())
        .putClosedFamilies(value.closedFamilies());
  }

  @Override
  RunRow read(AvroRow row) {
    return new RunRow(
        row.required("run_id"),
        row.requiredInstant("started_at"),
        row.requiredInstant("finished_at"),
        new RunStatus(row.required("status")),
        row.required("runner"),
        row.required("version"),
        row.requiredNumber("schema_version"),
        row.requiredLong("requests"),
        row.requiredNumber("playlists_listed"),
        row.requiredNumber("playlists_read"),
        row.requiredNumber("playlists_unchanged"),
        row.requiredNumber("playlists_stale"),
        row.requiredNumber("playlists_incomplete"),
        row.requiredNumber("playlists_metadata_only"),
        row.requiredNumber("playlists_rejected"),
        row.requiredLong("playlist_rows"),
        row.requiredLong("playlist_item_rows"),
        row.requiredLong("song_rows"),
        row.requiredLong("album_rows"),
        row.requiredLong("artist_rows"),
        row.requiredLong("playlist_event_rows"),
        row.requiredLong("rejected_rows"),
        row.textsOrNone("missing_capabilities"),
        row.text("stopped_by"),
        row.instant("resume_at"),
        row.required("config"),
        row.closedFamilies());
  }
}
