-- The newest of published_run: what the latest_ views read.
-- Grain: one row, without a published run its columns are null.
CREATE OR REPLACE VIEW latest_published_run AS
SELECT
  max(ingest_date) AS ingest_date,
  max_by(run_id, ingest_date) AS run_id
FROM published_run
