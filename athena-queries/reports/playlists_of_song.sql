-- Question: which playlists hold this song, and where?
-- Grain: one row per playlist that holds the song.
-- Columns:
--   track_id: Spotify id of the song
--   title: its title
--   artists: names in Spotify's order, null if unknown
--   playlist_id: Spotify id of the playlist
--   playlist_name: its name
--   best_rank: the song's best rank, from 1
--   copies: how often it appears there
--   added_at: when its first copy was added, UTC
--   first_date: first published day it was there
--   ingest_date: the day
-- Parameters:
--   track_id: Spotify id of the song, NULL: the one in the most playlists
--   as_of: shows the newest published day up to this one, NULL: the newest day
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS track_id,
    CAST(NULL AS varchar) AS as_of
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
title AS (
  SELECT s.track_id, s.name AS title, s.artist_names AS artists
  FROM song_row AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
playlist_name AS (
  SELECT l.playlist_id, l.name
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
item AS (
  SELECT i.track_id, i.playlist_id, i.position, i.added_at
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  WHERE i.track_id IS NOT NULL
),
held AS (
  SELECT track_id, count(DISTINCT playlist_id) AS playlists
  FROM item
  GROUP BY track_id
),
widest AS (
  SELECT track_id, row_number() OVER (ORDER BY playlists DESC, track_id) AS place
  FROM held
),
wanted AS (
  SELECT coalesce(p.track_id, w.track_id) AS track_id
  FROM parameter AS p
  LEFT JOIN widest AS w ON w.place = 1
),
holding AS (
  SELECT
    i.track_id,
    i.playlist_id,
    min(i.position) AS position,
    count(*) AS copies,
    min(i.added_at) AS added_at
  FROM item AS i
  JOIN wanted AS w ON w.track_id = i.track_id
  GROUP BY i.track_id, i.playlist_id
),
first_seen AS (
  SELECT i.playlist_id, min(i.ingest_date) AS ingest_date
  FROM playlist_item AS i
  WHERE i.track_id = (SELECT track_id FROM wanted)
  GROUP BY i.playlist_id
)
SELECT
  h.track_id,
  t.title,
  t.artists,
  h.playlist_id,
  l.name AS playlist_name,
  h.position + 1 AS best_rank,
  h.copies,
  h.added_at,
  f.ingest_date AS first_date,
  d.ingest_date
FROM holding AS h
CROSS JOIN shown_day AS d
LEFT JOIN first_seen AS f ON f.playlist_id = h.playlist_id
LEFT JOIN title AS t ON t.track_id = h.track_id
LEFT JOIN playlist_name AS l ON l.playlist_id = h.playlist_id
ORDER BY best_rank, playlist_name, h.playlist_id
