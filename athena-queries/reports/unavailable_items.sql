-- Question: which items of the playlists are unavailable or local files?
-- Grain: one row per such item. Local files play only on devices that have them.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name
--   rank: rank in the playlist, from 1
--   item_type: unavailable or local
--   item_uri: Spotify URI, null for most unavailable items
--   title: name of the item, null if Spotify does not return it
--   added_at: when it was added, UTC
--   added_by: user who added it
--   reason: why this program could not read the item, null if Spotify has no track there
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
gap AS (
  SELECT g.playlist_id, g.position, min(g.reason) AS reason
  FROM stored_rejected AS g
  JOIN shown_day AS d ON d.ingest_date = g.ingest_date AND d.run_id = g.run_id
  WHERE g.subject_type = 'item'
  GROUP BY g.playlist_id, g.position
)
SELECT
  i.playlist_id,
  l.name AS playlist_name,
  i.position + 1 AS rank,
  i.item_type,
  i.item_uri,
  i.item_name AS title,
  i.added_at,
  i.added_by,
  g.reason,
  i.ingest_date
FROM stored_playlist_item AS i
JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
CROSS JOIN parameter AS p
LEFT JOIN playlist_name AS l ON l.playlist_id = i.playlist_id
LEFT JOIN gap AS g ON g.playlist_id = i.playlist_id AND g.position = i.position
WHERE i.item_type IN ('unavailable', 'local')
  AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
ORDER BY playlist_name, i.playlist_id, rank
