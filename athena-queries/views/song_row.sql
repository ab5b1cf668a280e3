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
  artist_names,
  coalesce(main_artist_id, element_at(artists, 1).artist_id) AS main_artist_id,
  run_id,
  ingest_date
FROM stored_song
WHERE artist_names IS NOT NULL
UNION ALL
SELECT
  s.track_id,
  arbitrary(s.name) AS name,
  arbitrary(s.duration_ms) AS duration_ms,
  arbitrary(s.is_explicit) AS is_explicit,
  arbitrary(s.disc_number) AS disc_number,
  arbitrary(s.track_number) AS track_number,
  arbitrary(s.popularity) AS popularity,
  arbitrary(s.isrc) AS isrc,
  arbitrary(s.album_id) AS album_id,
  arbitrary(s.artists) AS artists,
  arbitrary(s.url) AS url,
  arbitrary(s.fetched_at) AS fetched_at,
  nullif(array_join(array_agg(element_at(s.artists, n.place).name ORDER BY n.place), ', '), '')
    AS artist_names,
  arbitrary(coalesce(s.main_artist_id, element_at(s.artists, 1).artist_id)) AS main_artist_id,
  s.run_id,
  s.ingest_date
FROM stored_song AS s
CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
WHERE s.artist_names IS NULL
GROUP BY s.track_id, s.run_id, s.ingest_date
