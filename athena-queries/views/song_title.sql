-- Each song's title, and its artists as one text in Spotify's order.
-- Grain: one row per song and day (track_id, ingest_date), artists is null if unknown.
CREATE OR REPLACE VIEW song_title AS
SELECT
  track_id,
  name AS title,
  artist_names AS artists,
  ingest_date
FROM song
