-- Question: which songs are in the most playlists?
-- Grain: one row per song, down to rank top_n, ties share a rank. Copies in one playlist count once.
-- Columns:
--   rank: 1 for the song in the most playlists
--   track_id: Spotify id
--   title: title
--   artists: names in Spotify's order, null if unknown
--   playlists: playlists that hold it
--   best_rank: its best rank in any of them, from 1
--   first_added_at: when it was first added to one of them, if known
--   ingest_date: the day
-- Parameters:
--   top_n: the last rank shown
--   as_of: shows the newest published day up to this one, NULL: the newest day
WITH parameter AS (
  SELECT
    CAST(50 AS integer) AS top_n,
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
held AS (
  SELECT
    i.track_id,
    count(DISTINCT i.playlist_id) AS playlists,
    min(i.position) AS best_position,
    min(i.added_at) AS first_added_at
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  WHERE i.track_id IS NOT NULL
  GROUP BY i.track_id
),
ranked AS (
  SELECT
    rank() OVER (ORDER BY playlists DESC) AS rank,
    track_id,
    playlists,
    best_position,
    first_added_at
  FROM held
)
SELECT
  r.rank,
  r.track_id,
  t.title,
  t.artists,
  r.playlists,
  r.best_position + 1 AS best_rank,
  r.first_added_at,
  d.ingest_date
FROM ranked AS r
CROSS JOIN parameter AS p
CROSS JOIN shown_day AS d
LEFT JOIN title AS t ON t.track_id = r.track_id
WHERE r.rank <= p.top_n
ORDER BY r.rank, t.title, r.track_id
