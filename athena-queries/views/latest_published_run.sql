-- The newest row of published_run: what the latest_ views read.
-- Grain: one row, or none if no run is published.
CREATE OR REPLACE VIEW latest_published_run AS
SELECT
  max(ingest_date) AS ingest_date,
  max_by(run_id, ingest_date) AS run_id
FROM published_run
HAVING count(*) > 0
