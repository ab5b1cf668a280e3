-- What is missing, and why. Only the newest published day.
-- Grain: one row per gap (stage, subject_type, playlist_id, subject_id, position).
CREATE OR REPLACE VIEW latest_rejected AS
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
JOIN latest_published_run AS p ON t.ingest_date = p.ingest_date AND t.run_id = p.run_id
