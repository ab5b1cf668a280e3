-- The artists of these songs and albums. Only the newest published day.
-- Grain: one row an artist (artist_id).
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
FROM artist AS t
WHERE t.ingest_date = (SELECT max(p.ingest_date) FROM published_run AS p)
