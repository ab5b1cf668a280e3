-- The items of each day's playlists. Only rows of published_run.
-- Grain: one row per item and day (playlist_id, position, ingest_date).
CREATE OR REPLACE VIEW playlist_item AS
SELECT
  t.playlist_id,
  t.position,
  t.item_type,
  t.track_id,
  t.item_uri,
  t.item_name,
  t.added_at,
  t.added_by,
  t.run_id,
  t.ingest_date
FROM stored_playlist_item AS t
JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
