-- Question: which songs were ever in the playlists, and when?
-- Grain: one row per song that was in a playlist on a day that playlist was read completely.
-- Columns:
--   track_id: Spotify id
--   title: its newest title
--   artists: names in Spotify's order, null if unknown
--   first_date: first day in any playlist
--   last_date: last day in any playlist
--   days_seen: days from first_date to last_date, both included
--   playlists: playlists that ever held it
--   playlists_now: playlists that held it when last read completely
--   stints: times it entered a playlist
--   best_rank: its best rank in any playlist, from 1
-- Parameters: none
WITH lifetime AS (
  SELECT
    track_id,
    min(first_date) AS first_date,
    max(last_date) AS last_date,
    count(*) AS playlists,
    count_if(is_present) AS playlists_now,
    sum(stints) AS stints,
    min(best_position) AS best_position
  FROM song_lifetime
  GROUP BY track_id
),
newest AS (
  SELECT track_id, max(ingest_date) AS ingest_date
  FROM song
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
