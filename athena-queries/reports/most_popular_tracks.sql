-- Question: which songs in the day's playlists are the most popular, and how long are they?
--   Ranked by Spotify's popularity (0 to 100), which says nothing about these playlists.
-- Grain: one row per song of known popularity, down to rank top_n, ties share a rank.
-- Columns:
--   rank: 1 for the highest popularity
--   track_id: Spotify id
--   title: title
--   artists: names in Spotify's order, null if unknown
--   popularity: Spotify's popularity
--   duration: minutes:seconds, truncated to whole seconds
--   playlists: playlists that hold the song
-- Parameters:
--   top_n: the last rank shown
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
-- requires: song.popularity
WITH parameter AS (
  SELECT
    CAST(50 AS integer) AS top_n,
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
held AS (
  SELECT i.track_id, count(DISTINCT i.playlist_id) AS playlists
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
  GROUP BY i.track_id
),
ranked AS (
  SELECT
    rank() OVER (ORDER BY s.popularity DESC) AS rank,
    s.track_id,
    s.name AS title,
    s.artist_names AS artists,
    s.popularity,
    s.duration_ms,
    h.playlists
  FROM song_row AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  JOIN held AS h ON h.track_id = s.track_id
  WHERE s.popularity IS NOT NULL
)
SELECT
  r.rank,
  r.track_id,
  r.title,
  r.artists,
  r.popularity,
  CAST(r.duration_ms / 60000 AS varchar) || ':'
    || lpad(CAST(r.duration_ms / 1000 % 60 AS varchar), 2, '0') AS duration,
  r.playlists
FROM ranked AS r
CROSS JOIN parameter AS p
WHERE r.rank <= p.top_n
ORDER BY r.rank, r.title, r.track_id
