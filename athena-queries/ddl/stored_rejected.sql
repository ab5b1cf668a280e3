-- stored_rejected: all rows in the folder rejected of the lake, whichever run wrote them.
-- The view rejected shows the rows that count. Made from rejected.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_rejected` (
  `stage` string COMMENT 'LIST, PLAYLISTS, PARSE or DETAILS: where it was noticed. Key.',
  `subject_type` string COMMENT 'playlist, item, album or artist. Key.',
  `playlist_id` string COMMENT 'The playlist concerned, if one is. Key (null equals null).',
  `subject_id` string COMMENT 'What is missing: an id, an item\'s URI, or the list entry as given. Key (null equals null).',
  `position` int COMMENT '0-based place of the item in its playlist or of the entry in the list. Key (null equals null).',
  `reason` string COMMENT 'One of the reasons in docs/operations.md, for programs.',
  `message` string COMMENT 'The reason as text.',
  `run_id` string COMMENT 'The run that wrote this row\u003B sorts by time\u003B not part of the row\'s identity.'
)
COMMENT 'One row per gap: what is missing, and why.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/rejected/'
TBLPROPERTIES (
  'classification' = 'parquet',
  'compressionType' = 'none',
  'typeOfData' = 'file',
  'projection.enabled' = 'true',
  'projection.ingest_date.type' = 'date',
  'projection.ingest_date.format' = 'yyyy-MM-dd',
  'projection.ingest_date.range' = '{{first_day}},NOW',
  'projection.ingest_date.interval' = '1',
  'projection.ingest_date.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://{{lake}}/rejected/ingest_date=${ingest_date}/'
)
