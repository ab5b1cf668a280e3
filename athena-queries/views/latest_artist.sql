-- The artists of these songs and albums. Only the newest published day.
-- Grain: one row per artist (artist_id).
CREATE OR REPLACE VIEW latest_artist AS
SELECT
  t.artist_id,
  t.name,
  t.url,
  t.fetched_at,
  t.genres,
  t.popularity,
  t.followers,
  t.image_url,
  t.detailed_at,
  t.run_id,
  t.ingest_date
FROM stored_artist AS t
JOIN latest_published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
