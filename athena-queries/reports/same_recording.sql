-- Question: which songs of the playlists are one recording under several Spotify ids?
-- Grain: one row a song whose ISRC another song of the day has too. Hyphens and case of the ISRC
--   are ignored.
-- Columns:
--   isrc: International Standard Recording Code, in capitals, without hyphens
--   track_ids: Spotify ids that share it on the day
--   track_id: one of them
--   title: its title
--   artists: names in Spotify's order, null if none is known
--   album_name: title of its album
--   release_date: release date of the album as Spotify gives it
--   playlists: playlists that hold this id
--   ingest_date: the day
-- Parameters:
--   as_of: the newest published day not after it is shown, NULL: the newest day
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
recording AS (
  SELECT
    upper(replace(s.isrc, '-', '')) AS isrc,
    s.track_id,
    s.album_id,
    count(*) OVER (PARTITION BY upper(replace(s.isrc, '-', ''))) AS track_ids
  FROM song AS s
  WHERE s.ingest_date = (SELECT ingest_date FROM shown_day) AND s.isrc IS NOT NULL
),
held AS (
  SELECT i.track_id, count(DISTINCT i.playlist_id) AS playlists
  FROM playlist_item AS i
  WHERE i.ingest_date = (SELECT ingest_date FROM shown_day) AND i.track_id IS NOT NULL
  GROUP BY i.track_id
)
SELECT
  r.isrc,
  r.track_ids,
  r.track_id,
  t.title,
  t.artists,
  b.name AS album_name,
  b.release_date,
  coalesce(h.playlists, 0) AS playlists,
  d.ingest_date
FROM recording AS r
CROSS JOIN shown_day AS d
LEFT JOIN held AS h ON h.track_id = r.track_id
LEFT JOIN song_title AS t
  ON t.track_id = r.track_id AND t.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN album AS b
  ON b.album_id = r.album_id AND b.ingest_date = (SELECT ingest_date FROM shown_day)
WHERE r.track_ids > 1
ORDER BY r.track_ids DESC, r.isrc, playlists DESC, r.track_id
