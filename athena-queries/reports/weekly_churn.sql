-- Question: how much of a playlist is replaced in a week?
-- Grain: one row per playlist and week in which it was read (READ or UNCHANGED), except the first.
--   Compares the songs on the last day read of the week with those on the last day read of an earlier
--   week, a song that came and went in between is neither. Copies count once.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name at the end of the week
--   week: its Monday
--   is_running: whether the newest published day is before the Sunday of the week
--   from_date: last day read of the earlier week
--   to_date: last day read of the week
--   songs_before: distinct songs on from_date
--   songs_after: distinct songs on to_date
--   added: songs on to_date only
--   removed: songs on from_date only
--   kept: songs on both days
--   kept_share: kept as a percentage of songs_before, null if there were none
-- Parameters:
--   playlist_id: Spotify id of the playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS playlist_id
),
observed AS (
  SELECT
    o.playlist_id,
    o.ingest_date,
    o.name,
    CAST(date_trunc('week', CAST(o.ingest_date AS date)) AS date) AS week
  FROM playlist_observation AS o
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR o.playlist_id = p.playlist_id
),
newest_day AS (
  SELECT max(ingest_date) AS ingest_date
  FROM published_run
),
week_end AS (
  SELECT playlist_id, week, max(ingest_date) AS to_date
  FROM observed
  GROUP BY playlist_id, week
),
compared AS (
  SELECT
    playlist_id,
    week,
    to_date,
    lag(to_date) OVER (PARTITION BY playlist_id ORDER BY week) AS from_date
  FROM week_end
),
content AS (
  SELECT DISTINCT i.playlist_id, i.ingest_date, i.track_id
  FROM playlist_item AS i
  JOIN week_end AS w ON w.playlist_id = i.playlist_id AND w.to_date = i.ingest_date
  WHERE i.track_id IS NOT NULL
),
side AS (
  SELECT c.playlist_id, c.week, i.track_id, 0 AS before, 1 AS after
  FROM compared AS c
  JOIN content AS i ON i.playlist_id = c.playlist_id AND i.ingest_date = c.to_date
  WHERE c.from_date IS NOT NULL
  UNION ALL
  SELECT c.playlist_id, c.week, i.track_id, 1 AS before, 0 AS after
  FROM compared AS c
  JOIN content AS i ON i.playlist_id = c.playlist_id AND i.ingest_date = c.from_date
),
merged AS (
  SELECT playlist_id, week, track_id, max(before) AS before, max(after) AS after
  FROM side
  GROUP BY playlist_id, week, track_id
),
counted AS (
  SELECT
    playlist_id,
    week,
    count_if(before = 1) AS songs_before,
    count_if(after = 1) AS songs_after,
    count_if(before = 0) AS added,
    count_if(after = 0) AS removed,
    count_if(before = 1 AND after = 1) AS kept
  FROM merged
  GROUP BY playlist_id, week
)
SELECT
  c.playlist_id,
  o.name AS playlist_name,
  c.week,
  date_diff('day', c.week, CAST(d.ingest_date AS date)) < 6 AS is_running,
  c.from_date,
  c.to_date,
  coalesce(n.songs_before, 0) AS songs_before,
  coalesce(n.songs_after, 0) AS songs_after,
  coalesce(n.added, 0) AS added,
  coalesce(n.removed, 0) AS removed,
  coalesce(n.kept, 0) AS kept,
  round(CAST(n.kept AS double) * 100 / nullif(n.songs_before, 0), 1) AS kept_share
FROM compared AS c
CROSS JOIN newest_day AS d
JOIN observed AS o ON o.playlist_id = c.playlist_id AND o.ingest_date = c.to_date
LEFT JOIN counted AS n ON n.playlist_id = c.playlist_id AND n.week = c.week
WHERE c.from_date IS NOT NULL
ORDER BY playlist_name, c.playlist_id, c.week
