-- The items of the playlists. Only the newest published day.
-- Grain: one row per item (playlist_id, position).
CREATE OR REPLACE VIEW latest_playlist_item AS
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
JOIN latest_published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
