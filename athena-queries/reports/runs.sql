-- Question: what did each run cost, and how did it end?
-- Grain: one row per run, including failed and superseded ones.
-- Columns:
--   ingest_date: the day
--   run_id: the run
--   status: PUBLISHED, AUDIT_FAILED, NOT_AUTHORISED or UNREACHABLE
--   is_shown: whether the views show its rows
--   runner: DirectRunner or FlinkRunner
--   started_at: when it began, UTC
--   duration_s: seconds until the end of its audit
--   requests: requests to Spotify
--   playlists_listed: playlists on the list
--   playlists_read: playlists read today
--   playlists_unchanged: unchanged playlists
--   playlists_stale: playlists carried from the day before
--   playlists_incomplete: playlists with missing items
--   playlists_metadata_only: playlists whose items this app may not see
--   playlists_rejected: playlists with a gap
--   data_rows: rows written to the tables
--   stopped_by: why fetching ended early, null if it did not
--   resume_at: when fetching may resume, UTC
-- Parameters:
--   days: number of newest days with a run shown
WITH parameter AS (
  SELECT
    CAST(30 AS integer) AS days
),
numbered_day AS (
  SELECT ingest_date, row_number() OVER (ORDER BY ingest_date DESC) AS day_number
  FROM stored_run
  GROUP BY ingest_date
),
shown AS (
  SELECT d.ingest_date
  FROM numbered_day AS d
  CROSS JOIN parameter AS p
  WHERE d.day_number <= p.days
)
SELECT
  r.ingest_date,
  r.run_id,
  r.status,
  p.run_id IS NOT NULL AS is_shown,
  r.runner,
  r.started_at,
  date_diff('millisecond', r.started_at, r.finished_at) / 1000 AS duration_s,
  r.requests,
  r.playlists_listed,
  r.playlists_read,
  r.playlists_unchanged,
  r.playlists_stale,
  r.playlists_incomplete,
  r.playlists_metadata_only,
  r.playlists_rejected,
  r.playlist_rows + r.playlist_item_rows + r.song_rows + r.album_rows + r.artist_rows
    + r.playlist_event_rows + r.rejected_rows AS data_rows,
  r.stopped_by,
  r.resume_at
FROM stored_run AS r
JOIN shown AS s ON s.ingest_date = r.ingest_date
LEFT JOIN published_run AS p ON p.ingest_date = r.ingest_date AND p.run_id = r.run_id
ORDER BY r.ingest_date DESC, r.run_id DESC
