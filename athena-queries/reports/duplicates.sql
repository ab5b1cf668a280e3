-- Question: which songs are in a playlist more than once, as the same track or the same recording?
-- Grain: one row per item of a playlist that shares its track or its ISRC with another item there.
--   Hyphens and case of the ISRC are ignored.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name
--   rank: rank in the playlist, from 1
--   track_id: Spotify id
--   item_uri: Spotify URI of the item
--   title: title
--   artists: names in Spotify's order, null if unknown
--   isrc: International Standard Recording Code, in capitals, without hyphens
--   same: track if another item has the same track, else isrc
--   copies: items of the playlist with this track or ISRC
--   first_rank: the first rank of these
--   added_at: when it was added, UTC
--   added_by: user who added it
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
playlist_name AS (
  SELECT l.playlist_id, l.name
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
shown_song AS (
  SELECT
    s.track_id,
    s.name,
    s.artist_names,
    nullif(upper(replace(s.isrc, '-', '')), '') AS isrc
  FROM song_row AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
item AS (
  SELECT
    i.playlist_id,
    i.position,
    i.track_id,
    i.item_uri,
    coalesce(s.name, i.item_name) AS title,
    s.artist_names AS artists,
    s.isrc,
    coalesce(s.isrc, i.track_id) AS recording,
    i.added_at,
    i.added_by,
    i.ingest_date
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  LEFT JOIN shown_song AS s ON s.track_id = i.track_id
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
counted AS (
  SELECT
    i.playlist_id,
    i.position,
    i.track_id,
    i.item_uri,
    i.title,
    i.artists,
    i.isrc,
    i.added_at,
    i.added_by,
    i.ingest_date,
    count(*) OVER (PARTITION BY i.playlist_id, i.track_id) AS same_track,
    count(*) OVER (PARTITION BY i.playlist_id, i.recording) AS copies,
    min(i.position) OVER (PARTITION BY i.playlist_id, i.recording) AS first_position
  FROM item AS i
)
SELECT
  c.playlist_id,
  l.name AS playlist_name,
  c.position + 1 AS rank,
  c.track_id,
  c.item_uri,
  c.title,
  c.artists,
  c.isrc,
  CASE WHEN c.same_track > 1 THEN 'track' ELSE 'isrc' END AS same,
  c.copies,
  c.first_position + 1 AS first_rank,
  c.added_at,
  c.added_by,
  c.ingest_date
FROM counted AS c
LEFT JOIN playlist_name AS l ON l.playlist_id = c.playlist_id
WHERE c.copies > 1
ORDER BY playlist_name, c.playlist_id, first_rank, rank
