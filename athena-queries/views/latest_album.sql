-- The albums of these songs. Only the newest published day.
-- Grain: one row per album (album_id).
CREATE OR REPLACE VIEW latest_album AS
SELECT
  t.album_id,
  t.name,
  t.album_type,
  t.release_date,
  t.release_date_precision,
  t.release_year,
  t.released_on,
  t.total_tracks,
  t.artists,
  t.image_url,
  t.url,
  t.fetched_at,
  t.label,
  t.popularity,
  t.upc,
  t.detailed_at,
  t.run_id,
  t.ingest_date
FROM stored_album AS t
JOIN latest_published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
