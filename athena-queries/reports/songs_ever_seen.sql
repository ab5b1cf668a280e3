-- Question: which songs were ever in the playlists, and when?
-- Grain: one row per song that was in a playlist on a day on which that playlist was read.
-- Columns:
--   track_id: Spotify id
--   title: its newest known title
--   artists: names in Spotify's order, null if unknown
--   first_date: first day in any playlist
--   last_date: last day in any playlist
--   days_seen: days from first_date to last_date, both included
--   playlists: playlists that ever held it
--   playlists_now: playlists that held it when last read
--   stints: times it entered a playlist
--   best_rank: its best rank in any playlist, from 1
-- Parameters:
--   playlist_id: Spotify id of the playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS playlist_id
),
lifetime AS (
  SELECT
    s.track_id,
    min(s.first_date) AS first_date,
    max(s.last_date) AS last_date,
    count(*) AS playlists,
    count_if(s.is_present) AS playlists_now,
    sum(s.stints) AS stints,
    min(s.best_position) AS best_position
  FROM song_lifetime AS s
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR s.playlist_id = p.playlist_id
  GROUP BY s.track_id
),
title AS (
  SELECT
    track_id,
    max_by(name, ingest_date) FILTER (WHERE name IS NOT NULL) AS title,
    max_by(artist_names, ingest_date) FILTER (WHERE artist_names IS NOT NULL) AS artists
  FROM song
  GROUP BY track_id
)
SELECT
  f.track_id,
  t.title,
  t.artists,
  f.first_date,
  f.last_date,
  date_diff('day', CAST(f.first_date AS date), CAST(f.last_date AS date)) + 1 AS days_seen,
  f.playlists,
  f.playlists_now,
  CAST(f.stints AS bigint) AS stints,
  f.best_position + 1 AS best_rank
FROM lifetime AS f
LEFT JOIN title AS t ON t.track_id = f.track_id
ORDER BY f.first_date, t.title, f.track_id
