-- What changed in the playlists since the published day before. Only the newest published day.
-- Grain: one row a change (playlist_id, event_seq).
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
FROM playlist_event AS t
WHERE t.ingest_date = (SELECT max(p.ingest_date) FROM published_run AS p)
