-- The playlists of each day. Only rows of published_run.
-- Grain: one row per playlist and day (playlist_id, ingest_date).
CREATE OR REPLACE VIEW playlist AS
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
JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
