-- Question: which songs rose or fell most in popularity between two days?
-- Grain: one row per song in the day's playlists whose popularity differs, down to rank top_n, ties
--   share a rank. Only songs of known popularity on both days count.
-- Columns:
--   rank: 1 for the largest rise or fall
--   track_id: Spotify id
--   title: title
--   artists: names in Spotify's order, null if unknown
--   popularity_before: Spotify's popularity (0 to 100) on previous_ingest_date
--   popularity_after: popularity on the day
--   popularity_gained: popularity_after minus popularity_before
--   playlists: playlists that hold the song on the day
--   previous_ingest_date: the earlier day of the comparison
--   ingest_date: the day
-- Parameters:
--   since: compares with the newest published day up to this one, NULL: the published day before
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
--   top_n: the last rank shown
-- requires: song.popularity
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS since,
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id,
    CAST(50 AS integer) AS top_n
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
previous_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN shown_day AS d
  CROSS JOIN parameter AS p
  WHERE r.ingest_date < d.ingest_date AND (p.since IS NULL OR r.ingest_date <= p.since)
),
held AS (
  SELECT i.track_id, count(DISTINCT i.playlist_id) AS playlists
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
  GROUP BY i.track_id
),
song_after AS (
  SELECT s.track_id, s.name, s.artist_names, s.popularity, s.ingest_date
  FROM song_row AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
song_before AS (
  SELECT s.track_id, s.popularity, s.ingest_date
  FROM stored_song AS s
  JOIN previous_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
moved AS (
  SELECT
    rank() OVER (ORDER BY abs(a.popularity - b.popularity) DESC) AS rank,
    a.track_id,
    a.name,
    a.artist_names,
    b.popularity AS popularity_before,
    a.popularity AS popularity_after,
    h.playlists,
    b.ingest_date AS previous_ingest_date,
    a.ingest_date
  FROM song_after AS a
  JOIN song_before AS b ON b.track_id = a.track_id
  JOIN held AS h ON h.track_id = a.track_id
  WHERE a.popularity <> b.popularity
)
SELECT
  m.rank,
  m.track_id,
  m.name AS title,
  m.artist_names AS artists,
  m.popularity_before,
  m.popularity_after,
  m.popularity_after - m.popularity_before AS popularity_gained,
  m.playlists,
  m.previous_ingest_date,
  m.ingest_date
FROM moved AS m
CROSS JOIN parameter AS p
WHERE m.rank <= p.top_n
ORDER BY m.rank, popularity_gained DESC, title, m.track_id
