-- What changed in the playlists since the previous published day. Only the newest published day.
-- Grain: one row per change (playlist_id, event_seq).
CREATE OR REPLACE VIEW latest_playlist_event AS
SELECT
  t.playlist_id,
  t.event_seq,
  t.event_type,
  t.track_id,
  t.item_uri,
  t.item_name,
  t.position_before,
  t.position_after,
  t.value_before,
  t.value_after,
  t.previous_ingest_date,
  t.run_id,
  t.ingest_date
FROM stored_playlist_event AS t
JOIN latest_published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
