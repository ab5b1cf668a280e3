-- All rows of stored_song, whichever run wrote them, with artist_names and main_artist_id also where the file is older than these columns.
-- Grain: one row per song, day and run (track_id, ingest_date, run_id). song shows the rows that count.
CREATE OR REPLACE VIEW song_row AS
SELECT
  track_id,
  name,
  duration_ms,
  is_explicit,
  disc_number,
  track_number,
  popularity,
  isrc,
  album_id,
  artists,
  url,
  fetched_at,
  coalesce(artist_names, nullif(array_join(transform(artists, a -> a.name), ', '), ''))
    AS artist_names,
  coalesce(main_artist_id, element_at(artists, 1).artist_id) AS main_artist_id,
  run_id,
  ingest_date
FROM stored_song
