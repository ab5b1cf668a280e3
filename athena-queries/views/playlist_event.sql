-- What changed in a playlist since the previous published day. Only rows of published_run.
-- Grain: one row per change and day (playlist_id, event_seq, ingest_date).
CREATE OR REPLACE VIEW playlist_event AS
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
JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
