-- Question: which songs in the playlists are one recording with several Spotify ids?
-- Grain: one row per song that shares its ISRC with another song of the day. Hyphens and case of
--   the ISRC are ignored.
-- Columns:
--   isrc: International Standard Recording Code, in capitals, without hyphens
--   track_ids: Spotify ids that share it on the day
--   track_id: one of them
--   title: its title
--   artists: names in Spotify's order, null if unknown
--   album_name: title of its album
--   release_date: release date of the album as given by Spotify
--   playlists: playlists that hold this id
--   ingest_date: the day
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist whose recordings are shown, NULL: all
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
shown_album AS (
  SELECT b.album_id, b.name, b.release_date
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
title AS (
  SELECT s.track_id, s.name AS title, s.artist_names AS artists
  FROM song_row AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
recording AS (
  SELECT
    upper(replace(s.isrc, '-', '')) AS isrc,
    s.track_id,
    s.album_id,
    count(*) OVER (PARTITION BY upper(replace(s.isrc, '-', ''))) AS track_ids
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  WHERE s.isrc <> ''
),
item AS (
  SELECT i.track_id, i.playlist_id
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  WHERE i.track_id IS NOT NULL
),
held AS (
  SELECT track_id, count(DISTINCT playlist_id) AS playlists
  FROM item
  GROUP BY track_id
),
shown_isrc AS (
  SELECT DISTINCT r.isrc
  FROM recording AS r
  JOIN item AS i ON i.track_id = r.track_id
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR i.playlist_id = p.playlist_id
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
JOIN shown_isrc AS x ON x.isrc = r.isrc
CROSS JOIN shown_day AS d
LEFT JOIN held AS h ON h.track_id = r.track_id
LEFT JOIN title AS t ON t.track_id = r.track_id
LEFT JOIN shown_album AS b ON b.album_id = r.album_id
WHERE r.track_ids > 1
ORDER BY r.track_ids DESC, r.isrc, playlists DESC, r.track_id
