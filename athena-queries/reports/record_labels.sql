-- Question: which record labels are on the playlists?
-- Grain: one row per label as Spotify spells it, spellings are not merged. Songs of unknown label
--   share one row with a null label.
-- Columns:
--   rank: 1 for the label with the most items, ties share a rank, null for songs of unknown label
--   label: name of the label
--   items: items that are songs on the label, a song listed twice counts twice
--   item_share: these as a percentage of all items that are songs
--   songs: distinct songs
--   albums: distinct albums
--   playlists: playlists with a song on the label
--   ingest_date: the day
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
-- requires: album.label
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
shown_song AS (
  SELECT s.track_id, s.album_id
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
shown_album AS (
  SELECT b.album_id, b.label
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
item AS (
  SELECT i.playlist_id, i.track_id, s.album_id, b.label
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  LEFT JOIN shown_song AS s ON s.track_id = i.track_id
  LEFT JOIN shown_album AS b ON b.album_id = s.album_id
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
total AS (
  SELECT count(*) AS items
  FROM item
),
counted AS (
  SELECT
    label,
    count(*) AS items,
    count(DISTINCT track_id) AS songs,
    count(DISTINCT album_id) AS albums,
    count(DISTINCT playlist_id) AS playlists
  FROM item
  GROUP BY label
)
SELECT
  CASE
    WHEN c.label IS NOT NULL THEN rank() OVER (PARTITION BY c.label IS NULL ORDER BY c.items DESC)
  END AS rank,
  c.label,
  c.items,
  round(CAST(c.items AS double) * 100 / t.items, 1) AS item_share,
  c.songs,
  c.albums,
  c.playlists,
  d.ingest_date
FROM counted AS c
CROSS JOIN total AS t
CROSS JOIN shown_day AS d
ORDER BY rank NULLS LAST, c.label
