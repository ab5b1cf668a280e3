-- Each song's position in a playlist against the newest day before on which the playlist was read.
-- Grain: one row per song, playlist and day (playlist_id, track_id, ingest_date), for days on which the playlist was read (READ or UNCHANGED), except its first.
CREATE OR REPLACE VIEW rank_change AS
WITH compared AS (
  SELECT playlist_id, ingest_date, previous_ingest_date
  FROM playlist_observation
  WHERE previous_ingest_date IS NOT NULL
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
