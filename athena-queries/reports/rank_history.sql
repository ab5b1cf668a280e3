-- Question: how did the top songs of a playlist move from day to day?
-- Grain: one row per playlist, day and rank: the first top_n places of the playlist on each of the
--   newest published days. Episodes and other items that are not songs have no row.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   ingest_date: the day
--   playlist_rank: place in the playlist, from 1
--   track_id: Spotify id
--   title: its newest title
--   artists: names in Spotify's order, null if unknown
--   rank_before: best place of the song on the previous published day, null if it was absent or unknown
--   change: the song's best place against that day: new, up, down or same, null if not complete
--   days_on_top: days shown with the song among the first top_n, this one included
-- Parameters:
--   playlist_id: Spotify id of the playlist, NULL: all
--   top_n: number of places shown
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
  SELECT
    r.ingest_date,
    lag(r.ingest_date) OVER (ORDER BY r.ingest_date) AS previous_ingest_date,
    row_number() OVER (ORDER BY r.ingest_date DESC) AS day_number
  FROM published_run AS r
  WHERE r.ingest_date <= (SELECT ingest_date FROM shown_day)
),
day AS (
  SELECT d.ingest_date, d.previous_ingest_date
  FROM numbered_day AS d
  CROSS JOIN parameter AS p
  WHERE d.day_number <= p.days
),
since AS (
  SELECT min(coalesce(previous_ingest_date, ingest_date)) AS ingest_date
  FROM day
),
complete AS (
  SELECT l.playlist_id, l.ingest_date
  FROM playlist AS l
  WHERE l.ingest_date >= (SELECT ingest_date FROM since)
    AND l.ingest_date <= (SELECT ingest_date FROM shown_day)
    AND l.read_status IN ('READ', 'UNCHANGED', 'STALE')
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
    i.ingest_date,
    d.previous_ingest_date,
    i.position,
    i.track_id
  FROM place AS i
  JOIN day AS d ON d.ingest_date = i.ingest_date
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
newest AS (
  SELECT track_id, max(ingest_date) AS ingest_date
  FROM song
  WHERE ingest_date >= (SELECT ingest_date FROM since)
    AND ingest_date <= (SELECT ingest_date FROM shown_day)
  GROUP BY track_id
),
title AS (
  SELECT
    s.track_id,
    max(s.name) AS title,
    nullif(array_join(array_agg(element_at(s.artists, n.place).name ORDER BY n.place), ', '), '')
      AS artists
  FROM song AS s
  JOIN newest AS w ON w.track_id = s.track_id AND w.ingest_date = s.ingest_date
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  GROUP BY s.track_id
)
SELECT
  s.playlist_id,
  l.name AS playlist_name,
  s.ingest_date,
  s.position + 1 AS playlist_rank,
  s.track_id,
  t.title,
  t.artists,
  b.position + 1 AS rank_before,
  CASE
    WHEN c1.playlist_id IS NULL OR c2.playlist_id IS NULL THEN NULL
    WHEN b.position IS NULL THEN 'new'
    WHEN n.position < b.position THEN 'up'
    WHEN n.position > b.position THEN 'down'
    ELSE 'same'
  END AS change,
  o.days_on_top
FROM shown AS s
JOIN on_top AS o
  ON o.playlist_id = s.playlist_id AND o.ingest_date = s.ingest_date AND o.track_id = s.track_id
LEFT JOIN best_place AS n
  ON n.playlist_id = s.playlist_id AND n.ingest_date = s.ingest_date AND n.track_id = s.track_id
LEFT JOIN best_place AS b
  ON b.playlist_id = s.playlist_id
  AND b.ingest_date = s.previous_ingest_date
  AND b.track_id = s.track_id
LEFT JOIN complete AS c1
  ON c1.playlist_id = s.playlist_id AND c1.ingest_date = s.ingest_date
LEFT JOIN complete AS c2
  ON c2.playlist_id = s.playlist_id AND c2.ingest_date = s.previous_ingest_date
LEFT JOIN playlist AS l
  ON l.playlist_id = s.playlist_id
  AND l.ingest_date = s.ingest_date
  AND l.ingest_date >= (SELECT ingest_date FROM since)
LEFT JOIN title AS t ON t.track_id = s.track_id
ORDER BY playlist_name, s.playlist_id, s.ingest_date, playlist_rank
