-- Question: which playlists share songs?
-- Grain: one row per pair of playlists with a song in common. Copies count once, songs with
--   different ids are different songs (same_recording finds those).
-- Columns:
--   playlist_id_a: Spotify id of the first by id
--   playlist_name_a: its name
--   playlist_id_b: Spotify id of the other
--   playlist_name_b: its name
--   songs_a: distinct songs in the first
--   songs_b: distinct songs in the other
--   shared: songs in both
--   jaccard: shared divided by the songs in either, 0 to 1
--   share_of_smaller: shared as a percentage of the songs in the smaller one
--   ingest_date: the day
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: only pairs with this playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
content AS (
  SELECT DISTINCT i.playlist_id, i.track_id
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  WHERE i.track_id IS NOT NULL
),
size AS (
  SELECT playlist_id, count(*) AS songs
  FROM content
  GROUP BY playlist_id
),
pair AS (
  SELECT a.playlist_id AS id_a, b.playlist_id AS id_b, count(*) AS shared
  FROM content AS a
  JOIN content AS b ON b.track_id = a.track_id AND b.playlist_id > a.playlist_id
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR p.playlist_id IN (a.playlist_id, b.playlist_id)
  GROUP BY a.playlist_id, b.playlist_id
),
playlist_name AS (
  SELECT l.playlist_id, l.name
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
)
SELECT
  x.id_a AS playlist_id_a,
  a.name AS playlist_name_a,
  x.id_b AS playlist_id_b,
  b.name AS playlist_name_b,
  sa.songs AS songs_a,
  sb.songs AS songs_b,
  x.shared,
  round(CAST(x.shared AS double) / (sa.songs + sb.songs - x.shared), 4) AS jaccard,
  round(CAST(x.shared AS double) * 100 / least(sa.songs, sb.songs), 1) AS share_of_smaller,
  d.ingest_date
FROM pair AS x
CROSS JOIN shown_day AS d
JOIN size AS sa ON sa.playlist_id = x.id_a
JOIN size AS sb ON sb.playlist_id = x.id_b
LEFT JOIN playlist_name AS a ON a.playlist_id = x.id_a
LEFT JOIN playlist_name AS b ON b.playlist_id = x.id_b
ORDER BY jaccard DESC, x.shared DESC, x.id_a, x.id_b
