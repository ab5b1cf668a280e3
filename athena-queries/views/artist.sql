-- The artists of these songs and albums. Only rows of published_run.
-- Grain: one row per artist and day (artist_id, ingest_date).
CREATE OR REPLACE VIEW artist AS
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
JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
