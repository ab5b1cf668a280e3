-- Each song's title, and its artists as one text in Spotify's order.
-- Grain: one row per song and day (track_id, ingest_date), artists is null if unknown.
CREATE OR REPLACE VIEW song_title AS
WITH placed AS (
  SELECT
    track_id,
    name,
    artists,
    sequence(1, greatest(coalesce(cardinality(artists), 0), 1)) AS places,
    ingest_date
  FROM song
)
SELECT
  p.track_id,
  max(p.name) AS title,
  nullif(array_join(array_agg(element_at(p.artists, n.place).name ORDER BY n.place), ', '), '')
    AS artists,
  p.ingest_date
FROM placed AS p
CROSS JOIN UNNEST(p.places) AS n(place)
GROUP BY p.track_id, p.ingest_date
