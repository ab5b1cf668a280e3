-- The run that counts for each day: its newest published run.
-- Grain: one row per day (ingest_date), days without a published run have none.
CREATE OR REPLACE VIEW published_run AS
SELECT
  ingest_date,
  max(run_id) AS run_id
FROM stored_run
WHERE status = 'PUBLISHED'
GROUP BY ingest_date
