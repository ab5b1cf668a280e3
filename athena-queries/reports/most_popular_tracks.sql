-- Question: which songs in the playlists of the day are the most popular, and how long are
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
-- Parameters:
--   as_of: the newest published day not after it is shown, NULL: the newest day
-- requires: song.popularity
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS as_of
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE r.ingest_date <= coalesce(p.as_of, '9999-12-31')
),
held AS (
  SELECT track_id, count(DISTINCT playlist_id) AS playlists
  FROM playlist_item
  WHERE ingest_date = (SELECT ingest_date FROM shown_day) AND item_type = 'track'
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
LEFT JOIN song_title AS n
  ON n.track_id = s.track_id AND n.ingest_date = (SELECT ingest_date FROM shown_day)
WHERE s.ingest_date = (SELECT ingest_date FROM shown_day) AND s.popularity IS NOT NULL
ORDER BY popularity_rank, track_name, s.track_id
