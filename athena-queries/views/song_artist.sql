-- The artists of each song in Spotify's order, including those without an id.
-- Grain: one row per artist of a song and day (track_id, place, ingest_date), place counts from 1.
CREATE OR REPLACE VIEW song_artist AS
WITH placed AS (
  SELECT t.track_id, t.artists, sequence(1, cardinality(t.artists)) AS places, t.ingest_date
  FROM stored_song AS t
  JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
  WHERE cardinality(t.artists) > 0
)
SELECT
  p.track_id,
  CAST(n.place AS integer) AS place,
  element_at(p.artists, n.place).artist_id AS artist_id,
  element_at(p.artists, n.place).name AS name,
  p.ingest_date
FROM placed AS p
CROSS JOIN UNNEST(p.places) AS n(place)
