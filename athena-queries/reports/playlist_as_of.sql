-- Question: what stood in a playlist on a day?
-- Grain: one row a slot, on the newest published day not after as_of.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   playlist_rank: place in the playlist, from 1
--   item_type: track, episode, local or unavailable
--   track_id: Spotify id of a song, else null
--   title: title of the song or name of the item
--   artists: names in Spotify's order, null if none is known
--   album_name: title of the album
--   added_at: when it was added, UTC
--   read_status: how far the playlist's rows of that day can be trusted
--   ingest_date: the day
-- Parameters:
--   as_of: the newest published day not after it is shown, NULL: the newest day
--   playlist_id: Spotify id of the playlist asked about, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE r.ingest_date <= coalesce(p.as_of, '9999-12-31')
),
item AS (
  SELECT i.playlist_id, i.position, i.item_type, i.track_id, i.item_name, i.added_at
  FROM playlist_item AS i
  CROSS JOIN parameter AS p
  WHERE i.ingest_date = (SELECT ingest_date FROM shown_day)
    AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
)
SELECT
  i.playlist_id,
  l.name AS playlist_name,
  i.position + 1 AS playlist_rank,
  i.item_type,
  i.track_id,
  coalesce(s.name, i.item_name) AS title,
  t.artists,
  b.name AS album_name,
  i.added_at,
  l.read_status,
  d.ingest_date
FROM item AS i
CROSS JOIN shown_day AS d
LEFT JOIN playlist AS l
  ON l.playlist_id = i.playlist_id AND l.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN song AS s
  ON s.track_id = i.track_id AND s.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN song_title AS t
  ON t.track_id = i.track_id AND t.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN album AS b
  ON b.album_id = s.album_id AND b.ingest_date = (SELECT ingest_date FROM shown_day)
ORDER BY playlist_name, i.playlist_id, i.position
