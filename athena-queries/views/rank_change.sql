-- Each song's position in a playlist against the previous published day.
-- Grain: one row per song, playlist and day (playlist_id, track_id, ingest_date), for playlists complete on both days.
CREATE OR REPLACE VIEW rank_change AS
WITH pair AS (
  SELECT
    ingest_date,
    lag(ingest_date) OVER (ORDER BY ingest_date) AS previous_ingest_date
  FROM published_run
),
complete AS (
  SELECT playlist_id, ingest_date
  FROM playlist
  WHERE read_status IN ('READ', 'UNCHANGED', 'STALE')
),
compared AS (
  SELECT a.playlist_id, d.ingest_date, d.previous_ingest_date
  FROM pair AS d
  JOIN complete AS a ON a.ingest_date = d.ingest_date
  JOIN complete AS b ON b.ingest_date = d.previous_ingest_date AND b.playlist_id = a.playlist_id
),
place AS (
  SELECT
    c.playlist_id,
    c.ingest_date,
    c.previous_ingest_date,
    i.track_id,
    CAST(NULL AS integer) AS position_before,
    i.position AS position_after
  FROM compared AS c
  JOIN playlist_item AS i ON i.ingest_date = c.ingest_date AND i.playlist_id = c.playlist_id
  WHERE i.track_id IS NOT NULL
  UNION ALL
  SELECT
    c.playlist_id,
    c.ingest_date,
    c.previous_ingest_date,
    i.track_id,
    i.position AS position_before,
    CAST(NULL AS integer) AS position_after
  FROM compared AS c
  JOIN playlist_item AS i
    ON i.ingest_date = c.previous_ingest_date AND i.playlist_id = c.playlist_id
  WHERE i.track_id IS NOT NULL
),
song_place AS (
  SELECT
    playlist_id,
    track_id,
    ingest_date,
    previous_ingest_date,
    min(position_before) AS position_before,
    min(position_after) AS position_after
  FROM place
  GROUP BY playlist_id, track_id, ingest_date, previous_ingest_date
)
SELECT
  playlist_id,
  track_id,
  position_before,
  position_after,
  CASE
    WHEN position_before IS NULL THEN 'new'
    WHEN position_after IS NULL THEN 'out'
    WHEN position_after < position_before THEN 'up'
    WHEN position_after > position_before THEN 'down'
    ELSE 'same'
  END AS change,
  position_before - position_after AS places_up,
  previous_ingest_date,
  ingest_date
FROM song_place
