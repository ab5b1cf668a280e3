-- Question: which playlists show items read a while ago, and why?
-- Grain: one row per playlist whose items were last read completely min_days or more before the day,
--   or never. UNCHANGED ones are fine: Spotify reported no change on the day.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name
--   read_status: UNCHANGED, STALE, INCOMPLETE or METADATA_ONLY
--   items_read_at: when all items were last read, UTC, null if never
--   age_days: days from then to the day
--   item_count: items in the lake
--   total_count: items according to Spotify
--   reason: why it could not be read on the day, null if it could
--   message: the reason as text
--   ingest_date: the day
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   min_days: lowest age in days shown
--   playlist_id: Spotify id of the playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS as_of,
    CAST(1 AS integer) AS min_days,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
gap AS (
  SELECT g.playlist_id, min(g.reason) AS reason, min_by(g.message, g.reason || coalesce(g.message, '')) AS message
  FROM stored_rejected AS g
  JOIN shown_day AS d ON d.ingest_date = g.ingest_date AND d.run_id = g.run_id
  WHERE g.subject_type = 'playlist'
  GROUP BY g.playlist_id
),
aged AS (
  SELECT
    l.playlist_id,
    l.name,
    l.read_status,
    l.items_read_at,
    date_diff('day', CAST(l.items_read_at AS date), CAST(l.ingest_date AS date)) AS age_days,
    l.item_count,
    l.total_count,
    l.ingest_date
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
)
SELECT
  a.playlist_id,
  a.name AS playlist_name,
  a.read_status,
  a.items_read_at,
  a.age_days,
  a.item_count,
  a.total_count,
  g.reason,
  g.message,
  a.ingest_date
FROM aged AS a
CROSS JOIN parameter AS p
LEFT JOIN gap AS g ON g.playlist_id = a.playlist_id
WHERE (a.age_days IS NULL OR a.age_days >= p.min_days)
  AND (p.playlist_id IS NULL OR a.playlist_id = p.playlist_id)
ORDER BY a.age_days DESC NULLS LAST, playlist_name, a.playlist_id
