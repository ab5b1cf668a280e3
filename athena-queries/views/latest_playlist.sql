-- The playlists. Only the newest published day.
-- Grain: one row per playlist (playlist_id).
CREATE OR REPLACE VIEW latest_playlist AS
SELECT
  t.playlist_id,
  t.name,
  t.description,
  t.owner_id,
  t.owner_name,
  t.is_public,
  t.is_collaborative,
  t.followers,
  t.snapshot_id,
  t.item_count,
  t.total_count,
  t.image_url,
  t.url,
  t.read_status,
  t.fetched_at,
  t.items_read_at,
  t.run_id,
  t.ingest_date
FROM stored_playlist AS t
JOIN latest_published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
