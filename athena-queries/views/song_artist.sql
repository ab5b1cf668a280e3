-- The artists of each song in Spotify's order, including those without an id.
-- Grain: one row per artist of a song and day (track_id, place, ingest_date), place counts from 1.
CREATE OR REPLACE VIEW song_artist AS
WITH placed AS (
  SELECT track_id, artists, sequence(1, cardinality(artists)) AS places, ingest_date
  FROM song
  WHERE cardinality(artists) > 0
)
SELECT
  p.track_id,
  CAST(n.place AS integer) AS place,
  element_at(p.artists, n.place).artist_id AS artist_id,
  element_at(p.artists, n.place).name AS name,
  p.ingest_date
FROM placed AS p
CROSS JOIN UNNEST(p.places) AS n(place)
