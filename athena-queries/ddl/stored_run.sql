-- stored_run: all rows in the folder run of the lake, whichever run wrote them.
-- The view run shows the rows that count. Made from run.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_run` (
  `started_at` timestamp COMMENT 'When the run began, UTC.',
  `finished_at` timestamp COMMENT 'When the audit ended, UTC.',
  `status` string COMMENT 'PUBLISHED, AUDIT_FAILED, NOT_AUTHORISED or UNREACHABLE. Only PUBLISHED rows count.',
  `runner` string COMMENT 'DirectRunner or FlinkRunner.',
  `version` string COMMENT 'Version of the program.',
  `schema_version` int COMMENT 'Version of the tables\' schemas.',
  `requests` bigint COMMENT 'Requests to the Web API that this run made, retries too, token calls not.',
  `playlists_listed` int COMMENT 'Distinct valid ids of the list.',
  `playlists_read` int COMMENT 'Playlists with read_status READ.',
  `playlists_unchanged` int COMMENT 'Playlists with read_status UNCHANGED.',
  `playlists_stale` int COMMENT 'Playlists with read_status STALE.',
  `playlists_incomplete` int COMMENT 'Playlists with read_status INCOMPLETE.',
  `playlists_metadata_only` int COMMENT 'Playlists with read_status METADATA_ONLY.',
  `playlists_rejected` int COMMENT 'Distinct listed ids with a rejected row of subject_type playlist, METADATA_ONLY ones apart.',
  `playlist_rows` bigint COMMENT 'Rows written to playlist.',
  `playlist_item_rows` bigint COMMENT 'Rows written to playlist_item.',
  `song_rows` bigint COMMENT 'Rows written to song.',
  `album_rows` bigint COMMENT 'Rows written to album.',
  `artist_rows` bigint COMMENT 'Rows written to artist.',
  `playlist_event_rows` bigint COMMENT 'Rows written to playlist_event.',
  `rejected_rows` bigint COMMENT 'Rows written to rejected.',
  `missing_capabilities` array<string> COMMENT 'What this app may not do: BATCH (details by batches).',
  `stopped_by` string COMMENT 'Why fetching ended early, or null. QUOTA_EXCEEDED only if playlists or the library\'s listing were left unread for it.',
  `resume_at` timestamp COMMENT 'When fetching may resume, UTC, if Spotify set a time.',
  `config` string COMMENT 'The flags in force as JSON\u003B holds references to secrets, never secrets.',
  `closed_families` array<struct<family:string,resume_at:timestamp>> COMMENT 'Families of endpoints whose quota was used up (QUOTA_EXCEEDED)\u003B null in rows of earlier versions.',
  `run_id` string COMMENT 'yyyyMMdd\'T\'HHmmss\'Z\'-xxxx, sorts by time. Key.'
)
COMMENT 'One row per run, written last: it makes the run\'s files count.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/run/'
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
  'storage.location.template' = 's3://{{lake}}/run/ingest_date=${ingest_date}/'
)
