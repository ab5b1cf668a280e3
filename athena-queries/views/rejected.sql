-- What is missing, and why. Only rows of published_run.
-- Grain: one row per gap and day (stage, subject_type, playlist_id, subject_id, position, ingest_date).
CREATE OR REPLACE VIEW rejected AS
SELECT
  t.stage,
  t.subject_type,
  t.playlist_id,
  t.subject_id,
  t.position,
  t.reason,
  t.message,
  t.run_id,
  t.ingest_date
FROM stored_rejected AS t
JOIN published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
