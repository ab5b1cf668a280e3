-- Each song as people name it: its title, and its artists in one text in Spotify's order.
-- Grain: one row a song and day (track_id, ingest_date), artists is null where none is known.
CREATE OR REPLACE VIEW song_title AS
WITH names AS (
  SELECT
    track_id,
    ingest_date,
    nullif(array_join(array_agg(name ORDER BY place), ', '), '') AS artists
  FROM song_artist
  GROUP BY track_id, ingest_date
)
SELECT
  s.track_id,
  s.name AS title,
  n.artists,
  s.ingest_date
FROM song AS s
LEFT JOIN names AS n ON n.track_id = s.track_id AND n.ingest_date = s.ingest_date
