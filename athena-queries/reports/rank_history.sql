-- Question: how did the top songs of a playlist move from day to day?
-- Grain: one row per playlist, day and rank: the first top_n ranks of the playlist on each of the
--   newest published days. Episodes and other items that are not songs have no row, nor has a STALE
--   day, as its items are those of an earlier day. Changes are those between days on which the
--   playlist was read (READ or UNCHANGED).
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   ingest_date: the day
--   rank: rank in the playlist, from 1
--   track_id: Spotify id
--   title: its newest known title in these days
--   artists: names in Spotify's order, null if unknown
--   rank_before: best rank of the song on previous_ingest_date, null if it was absent
--   change: the song's best rank against rank_before: new, up, down or same, null if not compared
--   previous_ingest_date: the day before that the playlist was read, null unless read on both days
--   days_on_top: days shown with the song among the first top_n, this one included
-- Parameters:
--   playlist_id: Spotify id of the playlist, NULL: all
--   top_n: the last rank shown
--   days: number of newest published days shown
--   as_of: shows the newest published day up to this one, NULL: the newest day
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS playlist_id,
    CAST(10 AS integer) AS top_n,
    CAST(30 AS integer) AS days,
    CAST(NULL AS varchar) AS as_of
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
numbered_day AS (
  SELECT r.ingest_date, row_number() OVER (ORDER BY r.ingest_date DESC) AS day_number
  FROM published_run AS r
  WHERE r.ingest_date <= (SELECT ingest_date FROM shown_day)
),
day AS (
  SELECT d.ingest_date
  FROM numbered_day AS d
  CROSS JOIN parameter AS p
  WHERE d.day_number <= p.days
),
shown_playlist AS (
  SELECT l.playlist_id, l.name, l.ingest_date, o.previous_ingest_date
  FROM playlist AS l
  JOIN day AS d ON d.ingest_date = l.ingest_date
  CROSS JOIN parameter AS p
  LEFT JOIN playlist_observation AS o
    ON o.playlist_id = l.playlist_id AND o.ingest_date = l.ingest_date
  WHERE l.read_status IS DISTINCT FROM 'STALE'
    AND (p.playlist_id IS NULL OR l.playlist_id = p.playlist_id)
),
since AS (
  SELECT min(coalesce(previous_ingest_date, ingest_date)) AS ingest_date
  FROM shown_playlist
),
place AS (
  SELECT i.playlist_id, i.ingest_date, i.position, i.track_id
  FROM playlist_item AS i
  CROSS JOIN parameter AS p
  WHERE i.ingest_date >= (SELECT ingest_date FROM since)
    AND i.ingest_date <= (SELECT ingest_date FROM shown_day)
    AND i.track_id IS NOT NULL
    AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
best_place AS (
  SELECT playlist_id, ingest_date, track_id, min(position) AS position
  FROM place
  GROUP BY playlist_id, ingest_date, track_id
),
shown AS (
  SELECT
    i.playlist_id,
    l.name,
    i.ingest_date,
    l.previous_ingest_date,
    i.position,
    i.track_id
  FROM place AS i
  JOIN shown_playlist AS l ON l.playlist_id = i.playlist_id AND l.ingest_date = i.ingest_date
  CROSS JOIN parameter AS p
  WHERE i.position < p.top_n
),
shown_days AS (
  SELECT playlist_id, ingest_date, track_id
  FROM shown
  GROUP BY playlist_id, ingest_date, track_id
),
on_top AS (
  SELECT
    playlist_id,
    ingest_date,
    track_id,
    row_number() OVER (PARTITION BY playlist_id, track_id ORDER BY ingest_date) AS days_on_top
  FROM shown_days
),
title AS (
  SELECT
    track_id,
    max_by(name, ingest_date) FILTER (WHERE name IS NOT NULL) AS title,
    max_by(artist_names, ingest_date) FILTER (WHERE artist_names IS NOT NULL) AS artists
  FROM song
  WHERE ingest_date >= (SELECT ingest_date FROM since)
    AND ingest_date <= (SELECT ingest_date FROM shown_day)
  GROUP BY track_id
)
SELECT
  s.playlist_id,
  s.name AS playlist_name,
  s.ingest_date,
  s.position + 1 AS rank,
  s.track_id,
  t.title,
  t.artists,
  b.position + 1 AS rank_before,
  CASE
    WHEN s.previous_ingest_date IS NULL THEN NULL
    WHEN b.position IS NULL THEN 'new'
    WHEN n.position < b.position THEN 'up'
    WHEN n.position > b.position THEN 'down'
    ELSE 'same'
  END AS change,
  s.previous_ingest_date,
  o.days_on_top
FROM shown AS s
JOIN on_top AS o
  ON o.playlist_id = s.playlist_id AND o.ingest_date = s.ingest_date AND o.track_id = s.track_id
JOIN best_place AS n
  ON n.playlist_id = s.playlist_id AND n.ingest_date = s.ingest_date AND n.track_id = s.track_id
LEFT JOIN best_place AS b
  ON b.playlist_id = s.playlist_id
  AND b.ingest_date = s.previous_ingest_date
  AND b.track_id = s.track_id
LEFT JOIN title AS t ON t.track_id = s.track_id
ORDER BY playlist_name, s.playlist_id, s.ingest_date, rank
