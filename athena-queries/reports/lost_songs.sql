-- Question: which songs were once in the playlists and are in none of them now?
-- Grain: one row per song that none of the newest day's playlists held when last read.
-- Columns:
--   track_id: Spotify id
--   item_uri: Spotify URI, to add it again
--   title: its newest known title
--   artists: names in Spotify's order, null if unknown
--   first_date: first day in any playlist
--   last_date: last day in any playlist
--   days_lost: days from last_date to the newest published day
--   playlists: playlists that ever held it
--   last_playlist_id: the playlist that held it last, the lowest id if several
--   last_playlist_name: name of that playlist on last_date
-- Parameters:
--   playlist_id: Spotify id of the only playlist that counts, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS playlist_id
),
stay AS (
  SELECT s.playlist_id, s.track_id, s.first_date, s.last_date, s.is_present
  FROM song_lifetime AS s
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR s.playlist_id = p.playlist_id
),
lifetime AS (
  SELECT
    track_id,
    min(first_date) AS first_date,
    max(last_date) AS last_date,
    count(*) AS playlists,
    count_if(is_present) AS playlists_now
  FROM stay
  GROUP BY track_id
),
lost AS (
  SELECT f.track_id, f.first_date, f.last_date, f.playlists, min(s.playlist_id) AS playlist_id
  FROM lifetime AS f
  JOIN stay AS s ON s.track_id = f.track_id AND s.last_date = f.last_date
  WHERE f.playlists_now = 0
  GROUP BY f.track_id, f.first_date, f.last_date, f.playlists
),
title AS (
  SELECT
    track_id,
    max_by(name, ingest_date) FILTER (WHERE name IS NOT NULL) AS title,
    max_by(artist_names, ingest_date) FILTER (WHERE artist_names IS NOT NULL) AS artists
  FROM song
  GROUP BY track_id
),
newest_day AS (
  SELECT max(ingest_date) AS ingest_date
  FROM published_run
)
SELECT
  f.track_id,
  'spotify:track:' || f.track_id AS item_uri,
  t.title,
  t.artists,
  f.first_date,
  f.last_date,
  date_diff('day', CAST(f.last_date AS date), CAST(d.ingest_date AS date)) AS days_lost,
  f.playlists,
  f.playlist_id AS last_playlist_id,
  l.name AS last_playlist_name
FROM lost AS f
CROSS JOIN newest_day AS d
LEFT JOIN title AS t ON t.track_id = f.track_id
LEFT JOIN playlist AS l ON l.playlist_id = f.playlist_id AND l.ingest_date = f.last_date
ORDER BY f.last_date DESC, t.title, f.track_id
