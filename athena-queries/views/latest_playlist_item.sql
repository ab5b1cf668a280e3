-- What stands in the playlists, slot by slot. Only the newest published day.
-- Grain: one row a slot (playlist_id, position).
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
FROM playlist_item AS t
WHERE t.ingest_date = (SELECT max(p.ingest_date) FROM published_run AS p)
