-- Question: which songs in the playlists of the newest day are the most popular, and how long are
--   they? Ranked by Spotify's popularity (0 to 100), which says nothing about these playlists.
-- Grain: one row a song whose popularity is known.
-- Columns:
--   popularity_rank: 1 for the highest popularity, equal ones share a rank, no rank is left out
--   track_id: Spotify id
--   track_name: title
--   artists: names in Spotify's order, null if none is known
--   popularity: Spotify's popularity
--   duration: minutes:seconds, cut to whole seconds
--   playlists: playlists that hold the song
-- Parameters: none
-- requires: song.popularity
WITH names AS (
  SELECT
    s.track_id,
    nullif(
      array_join(array_agg(element_at(s.artists, n.place).name ORDER BY n.place), ', '), ''
    ) AS artists
  FROM song AS s
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  WHERE s.ingest_date = (SELECT max(ingest_date) FROM run)
  GROUP BY s.track_id
),
held AS (
  SELECT track_id, count(DISTINCT playlist_id) AS playlists
  FROM playlist_item
  WHERE ingest_date = (SELECT max(ingest_date) FROM run) AND item_type = 'track'
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
FROM song AS s
JOIN held AS h ON s.track_id = h.track_id
LEFT JOIN names AS n ON s.track_id = n.track_id
WHERE s.ingest_date = (SELECT max(ingest_date) FROM run) AND s.popularity IS NOT NULL
ORDER BY popularity_rank, track_name, s.track_id
