-- Question: which playlists hold songs on this record label, and how many followers do they reach?
-- Grain: one row per playlist with a song on the label, as Spotify spells it.
-- Columns:
--   label: name of the label
--   playlist_id: Spotify id of the playlist
--   playlist_name: its name
--   followers: users who saved the playlist, null if Spotify does not return it
--   reach: followers of all these playlists, a user of two counts twice
--   items: items that are songs on the label, a song listed twice counts twice
--   item_share: these as a percentage of the playlist's items that are songs
--   songs: distinct songs
--   best_rank: the best rank of these, from 1
--   ingest_date: the day
-- Parameters:
--   label: name of the label, NULL: the one with the most items
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
-- requires: album.label
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS label,
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
  SELECT l.playlist_id, l.name, l.followers
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
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
  SELECT i.playlist_id, i.position, i.track_id, b.label
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  LEFT JOIN shown_song AS s ON s.track_id = i.track_id
  LEFT JOIN shown_album AS b ON b.album_id = s.album_id
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
total AS (
  SELECT playlist_id, count(*) AS items
  FROM item
  GROUP BY playlist_id
),
holding AS (
  SELECT
    label,
    playlist_id,
    count(*) AS items,
    count(DISTINCT track_id) AS songs,
    min(position) AS position
  FROM item
  WHERE label IS NOT NULL
  GROUP BY label, playlist_id
),
most AS (
  SELECT label, row_number() OVER (ORDER BY sum(items) DESC, label) AS place
  FROM holding
  GROUP BY label
),
wanted AS (
  SELECT coalesce(p.label, m.label) AS label
  FROM parameter AS p
  LEFT JOIN most AS m ON m.place = 1
)
SELECT
  h.label,
  h.playlist_id,
  l.name AS playlist_name,
  l.followers,
  CAST(sum(l.followers) OVER () AS bigint) AS reach,
  h.items,
  round(CAST(h.items AS double) * 100 / t.items, 1) AS item_share,
  h.songs,
  h.position + 1 AS best_rank,
  d.ingest_date
FROM holding AS h
JOIN wanted AS w ON w.label = h.label
JOIN total AS t ON t.playlist_id = h.playlist_id
CROSS JOIN shown_day AS d
LEFT JOIN shown_playlist AS l ON l.playlist_id = h.playlist_id
ORDER BY l.followers DESC NULLS LAST, playlist_name, h.playlist_id
