-- Question: which songs in the day's playlists are the most popular, and how long are they?
--   Ranked by Spotify's popularity (0 to 100), which says nothing about these playlists.
-- Grain: one row per song of known popularity.
-- Columns:
--   popularity_rank: 1 for the highest popularity, ties share a rank, no rank is skipped
--   track_id: Spotify id
--   track_name: title
--   artists: names in Spotify's order, null if unknown
--   popularity: Spotify's popularity
--   duration: minutes:seconds, truncated to whole seconds
--   playlists: playlists that hold the song
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
-- requires: song.popularity
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS as_of
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
title AS (
  SELECT
    s.track_id,
    max(s.name) AS title,
    nullif(array_join(array_agg(element_at(s.artists, n.place).name ORDER BY n.place), ', '), '')
      AS artists
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  GROUP BY s.track_id
),
held AS (
  SELECT track_id, count(DISTINCT playlist_id) AS playlists
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  WHERE i.track_id IS NOT NULL
  GROUP BY track_id
)
SELECT
  dense_rank() OVER (ORDER BY s.popularity DESC) AS popularity_rank,
  s.track_id,
  s.name AS track_name,
  n.artists,
  s.popularity,
  CAST(s.duration_ms / 60000 AS varchar) || ':'
    || lpad(CAST(s.duration_ms / 1000 % 60 AS varchar), 2, '0') AS duration,
  h.playlists
FROM stored_song AS s
JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
JOIN held AS h ON h.track_id = s.track_id
LEFT JOIN title AS n ON n.track_id = s.track_id
WHERE s.popularity IS NOT NULL
ORDER BY popularity_rank, track_name, s.track_id
