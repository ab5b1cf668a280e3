-- The songs in the playlists of each day. Only rows of published_run.
-- Grain: one row per song and day (track_id, ingest_date).
CREATE OR REPLACE VIEW song AS
SELECT
  t.track_id,
  t.name,
  t.duration_ms,
  t.is_explicit,
  t.disc_number,
  t.track_number,
  t.popularity,
  t.isrc,
  t.album_id,
  t.artists,
  t.url,
  t.fetched_at,
  t.artist_names,
  t.main_artist_id,
  t.run_id,
  t.ingest_date
FROM song_row AS t
JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
