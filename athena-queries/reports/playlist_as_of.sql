-- Question: what was in a playlist on a given day?
-- Grain: one row per item, on the newest published day up to as_of.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   playlist_rank: place in the playlist, from 1
--   item_type: track, episode, local, other or unavailable
--   track_id: Spotify id of a song, else null
--   title: title of the song or name of the item
--   artists: names in Spotify's order, null if unknown
--   album_name: title of the album
--   added_at: when it was added, UTC
--   read_status: how far you can trust the playlist's rows of that day
--   ingest_date: the day
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
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
shown_playlist AS (
  SELECT l.playlist_id, l.name, l.read_status
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
shown_album AS (
  SELECT b.album_id, b.name
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
title AS (
  SELECT
    s.track_id,
    max(s.name) AS title,
    max(s.album_id) AS album_id,
    nullif(array_join(array_agg(element_at(s.artists, n.place).name ORDER BY n.place), ', '), '')
      AS artists
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  GROUP BY s.track_id
),
item AS (
  SELECT i.playlist_id, i.position, i.item_type, i.track_id, i.item_name, i.added_at, i.ingest_date
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR i.playlist_id = p.playlist_id
)
SELECT
  i.playlist_id,
  l.name AS playlist_name,
  i.position + 1 AS playlist_rank,
  i.item_type,
  i.track_id,
  coalesce(t.title, i.item_name) AS title,
  t.artists,
  b.name AS album_name,
  i.added_at,
  l.read_status,
  i.ingest_date
FROM item AS i
LEFT JOIN shown_playlist AS l ON l.playlist_id = i.playlist_id
LEFT JOIN title AS t ON t.track_id = i.track_id
LEFT JOIN shown_album AS b ON b.album_id = t.album_id
ORDER BY playlist_name, i.playlist_id, i.position
