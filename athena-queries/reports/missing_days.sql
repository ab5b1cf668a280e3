-- Question: which days between the first and the last published day are missing?
-- Grain: one row per day without a published run.
-- Columns:
--   ingest_date: the missing day
--   previous_ingest_date: the newest published day before
--   next_ingest_date: the next published day
--   days_missing: missing days between these two
--   runs: runs of the missing day, none of them published
--   last_status: status of the last of these, null if there was no run
-- Parameters: none
WITH numbered_day AS (
  SELECT ingest_date, lead(ingest_date) OVER (ORDER BY ingest_date) AS next_ingest_date
  FROM published_run
),
gap AS (
  SELECT
    ingest_date,
    next_ingest_date,
    date_diff('day', CAST(ingest_date AS date), CAST(next_ingest_date AS date)) - 1 AS days_missing
  FROM numbered_day
),
missing AS (
  SELECT
    CAST(CAST(CAST(g.ingest_date AS date) + n.place * INTERVAL '1' DAY AS date) AS varchar)
      AS ingest_date,
    g.ingest_date AS previous_ingest_date,
    g.next_ingest_date,
    g.days_missing
  FROM gap AS g
  CROSS JOIN UNNEST(sequence(1, greatest(g.days_missing, 1))) AS n(place)
  WHERE g.days_missing > 0
),
attempt AS (
  SELECT ingest_date, count(*) AS runs, max_by(status, run_id) AS last_status
  FROM stored_run
  GROUP BY ingest_date
)
SELECT
  m.ingest_date,
  m.previous_ingest_date,
  m.next_ingest_date,
  m.days_missing,
  coalesce(a.runs, 0) AS runs,
  a.last_status
FROM missing AS m
LEFT JOIN attempt AS a ON a.ingest_date = m.ingest_date
ORDER BY m.ingest_date
