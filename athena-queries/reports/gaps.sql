-- Question: what is missing, day by day, and why?
-- Grain: one row per day, stage, subject type and reason.
-- Columns:
--   ingest_date: the day
--   stage: LIST, PLAYLISTS, PARSE or DETAILS
--   subject_type: playlist, item, album or artist
--   reason: why, see docs/operations.md
--   gaps: missing subjects
--   playlists: playlists affected
--   carried: those of them shown with rows of an earlier day (STALE)
--   example: a message
-- Parameters:
--   days: number of newest published days shown
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(30 AS integer) AS days,
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
numbered_day AS (
  SELECT r.ingest_date, row_number() OVER (ORDER BY r.ingest_date DESC) AS day_number
  FROM published_run AS r
  WHERE r.ingest_date <= (SELECT ingest_date FROM shown_day)
),
since AS (
  SELECT min(d.ingest_date) AS ingest_date
  FROM numbered_day AS d
  CROSS JOIN parameter AS p
  WHERE d.day_number <= p.days
),
stale AS (
  SELECT l.playlist_id, l.ingest_date
  FROM playlist AS l
  WHERE l.ingest_date >= (SELECT ingest_date FROM since) AND l.read_status = 'STALE'
)
SELECT
  g.ingest_date,
  g.stage,
  g.subject_type,
  g.reason,
  count(*) AS gaps,
  count(DISTINCT g.playlist_id) AS playlists,
  count(DISTINCT s.playlist_id) AS carried,
  min(g.message) AS example
FROM rejected AS g
CROSS JOIN parameter AS p
LEFT JOIN stale AS s ON s.playlist_id = g.playlist_id AND s.ingest_date = g.ingest_date
WHERE g.ingest_date >= (SELECT ingest_date FROM since)
  AND g.ingest_date <= (SELECT ingest_date FROM shown_day)
  AND (p.playlist_id IS NULL OR g.playlist_id = p.playlist_id)
GROUP BY g.ingest_date, g.stage, g.subject_type, g.reason
ORDER BY g.ingest_date DESC, gaps DESC, g.stage, g.subject_type, g.reason
