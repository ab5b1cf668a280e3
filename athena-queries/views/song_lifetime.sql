-- When each song was in a playlist, by the days on which the playlist was read (READ or UNCHANGED).
-- Grain: one row per song and playlist (playlist_id, track_id). A stint ends when the playlist lacks the song, no song is present in a playlist that is gone or off the list.
CREATE OR REPLACE VIEW song_lifetime AS
WITH observed_day AS (
  SELECT
    playlist_id,
    ingest_date,
    day_number,
    max(ingest_date) OVER (PARTITION BY playlist_id) AS newest_date
  FROM playlist_observation
),
presence AS (
  SELECT
    i.playlist_id,
    i.track_id,
    i.ingest_date,
    min(c.day_number) AS day_number,
    min(c.newest_date) AS newest_date,
    min(i.position) AS position
  FROM playlist_item AS i
  JOIN observed_day AS c ON c.playlist_id = i.playlist_id AND c.ingest_date = i.ingest_date
  WHERE i.track_id IS NOT NULL
  GROUP BY i.playlist_id, i.track_id, i.ingest_date
),
numbered AS (
  SELECT
    playlist_id,
    track_id,
    ingest_date,
    newest_date,
    position,
    day_number,
    lag(day_number) OVER (PARTITION BY playlist_id, track_id ORDER BY ingest_date) AS day_before
  FROM presence
),
lifetime AS (
  SELECT
    playlist_id,
    track_id,
    min(ingest_date) AS first_date,
    max(ingest_date) AS last_date,
    count(*) AS days_present,
    CAST(count_if(day_before IS NULL OR day_before < day_number - 1) AS bigint) AS stints,
    min(position) AS best_position,
    max(newest_date) AS newest_date
  FROM numbered
  GROUP BY playlist_id, track_id
)
SELECT
  f.playlist_id,
  f.track_id,
  f.first_date,
  f.last_date,
  f.days_present,
  f.stints,
  f.best_position,
  f.last_date = f.newest_date AND l.playlist_id IS NOT NULL AS is_present
FROM lifetime AS f
LEFT JOIN latest_playlist AS l ON l.playlist_id = f.playlist_id
