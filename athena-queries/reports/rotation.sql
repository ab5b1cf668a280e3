-- Question: which songs were removed from a playlist and added back soon after?
-- Grain: one row per return of a song to a playlist. Only days on which the playlist
--   was read (READ or UNCHANGED) count: a song is out on the first of them without a copy of it.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on the day of the return
--   track_id: Spotify id
--   title: its newest known title
--   artists: names in Spotify's order, null if unknown
--   last_date: last day read with the song
--   removed_date: the next day read, without it
--   returned_date: the day it was back
--   days_out: days from removed_date to returned_date
--   rank_before: its best rank on last_date, from 1
--   rank_after: its best rank on returned_date, from 1
-- Parameters:
--   playlist_id: Spotify id of the playlist, NULL: all
--   max_days: longest days_out shown
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS playlist_id,
    CAST(30 AS integer) AS max_days
),
observed_day AS (
  SELECT
    o.playlist_id,
    o.ingest_date,
    o.name,
    o.day_number,
    lead(o.ingest_date) OVER (PARTITION BY o.playlist_id ORDER BY o.ingest_date) AS next_date
  FROM playlist_observation AS o
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR o.playlist_id = p.playlist_id
),
presence AS (
  SELECT i.playlist_id, i.track_id, i.ingest_date, min(i.position) AS position
  FROM playlist_item AS i
  WHERE i.track_id IS NOT NULL
  GROUP BY i.playlist_id, i.track_id, i.ingest_date
),
numbered AS (
  SELECT
    i.playlist_id,
    i.track_id,
    c.name,
    i.ingest_date,
    i.position,
    c.day_number,
    lag(i.ingest_date) OVER (PARTITION BY i.playlist_id, i.track_id ORDER BY i.ingest_date)
      AS last_date,
    lag(i.position) OVER (PARTITION BY i.playlist_id, i.track_id ORDER BY i.ingest_date)
      AS last_position,
    lag(c.day_number) OVER (PARTITION BY i.playlist_id, i.track_id ORDER BY i.ingest_date)
      AS last_number,
    lag(c.next_date) OVER (PARTITION BY i.playlist_id, i.track_id ORDER BY i.ingest_date)
      AS removed_date
  FROM presence AS i
  JOIN observed_day AS c ON c.playlist_id = i.playlist_id AND c.ingest_date = i.ingest_date
),
back AS (
  SELECT
    playlist_id,
    track_id,
    name,
    last_date,
    removed_date,
    ingest_date AS returned_date,
    date_diff('day', CAST(removed_date AS date), CAST(ingest_date AS date)) AS days_out,
    last_position,
    position
  FROM numbered
  WHERE last_number < day_number - 1
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
  b.playlist_id,
  b.name AS playlist_name,
  b.track_id,
  t.title,
  t.artists,
  b.last_date,
  b.removed_date,
  b.returned_date,
  b.days_out,
  b.last_position + 1 AS rank_before,
  b.position + 1 AS rank_after
FROM back AS b
CROSS JOIN parameter AS p
LEFT JOIN title AS t ON t.track_id = b.track_id
WHERE b.days_out <= p.max_days
ORDER BY playlist_name, b.playlist_id, b.returned_date, b.track_id
