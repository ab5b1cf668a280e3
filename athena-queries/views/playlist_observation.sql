-- The days on which a playlist was read (READ or UNCHANGED), each with the one before: the two sides of a comparison.
-- Grain: one row per playlist and such day (playlist_id, ingest_date). A day that is STALE, INCOMPLETE or METADATA_ONLY has none.
CREATE OR REPLACE VIEW playlist_observation AS
SELECT
  playlist_id,
  name,
  item_count,
  followers,
  row_number() OVER (PARTITION BY playlist_id ORDER BY ingest_date) AS day_number,
  lag(ingest_date) OVER (PARTITION BY playlist_id ORDER BY ingest_date) AS previous_ingest_date,
  ingest_date
FROM playlist
WHERE read_status IN ('READ', 'UNCHANGED')
