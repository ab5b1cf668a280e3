-- The runs whose rows the other views show. Only rows of published_run.
-- Grain: one row per day (ingest_date): unpublished and superseded runs are only in stored_run.
CREATE OR REPLACE VIEW run AS
SELECT
  t.started_at,
  t.finished_at,
  t.status,
  t.runner,
  t.version,
  t.schema_version,
  t.requests,
  t.playlists_listed,
  t.playlists_read,
  t.playlists_unchanged,
  t.playlists_stale,
  t.playlists_incomplete,
  t.playlists_metadata_only,
  t.playlists_rejected,
  t.playlist_rows,
  t.playlist_item_rows,
  t.song_rows,
  t.album_rows,
  t.artist_rows,
  t.playlist_event_rows,
  t.rejected_rows,
  t.missing_capabilities,
  t.stopped_by,
  t.resume_at,
  t.config,
  t.closed_families,
  t.run_id,
  t.ingest_date
FROM stored_run AS t
JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
