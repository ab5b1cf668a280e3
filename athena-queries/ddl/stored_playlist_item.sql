-- stored_playlist_item: all rows in the folder playlist_item of the lake, whichever run wrote them.
-- The view playlist_item shows the rows that count. Made from playlist_item.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_playlist_item` (
  `playlist_id` string COMMENT 'The playlist. Key.',
  `position` int COMMENT 'Place in the playlist, 0-based. Key.',
  `item_type` string COMMENT 'track, episode, local (a file of the user\'s), other (a chapter, an audiobook, a show) or unavailable (Spotify no longer says what it was).',
  `track_id` string COMMENT 'The song, for item_type track only. Source: track.id or item.id.',
  `item_uri` string COMMENT 'Spotify URI of the item. Source: track.uri or item.uri.',
  `item_name` string COMMENT 'Its name. Source: track.name or item.name.',
  `added_at` timestamp COMMENT 'When it was added, UTC\u003B 1970-01-01 (unknown) is null. Source: added_at.',
  `added_by` string COMMENT 'User id of the user who added it\u003B hashed or empty with --addedBy. Source: added_by.id.',
  `run_id` string COMMENT 'The run that wrote this row\u003B sorts by time\u003B not part of the row\'s identity.'
)
COMMENT 'One row per playlist item\u003B a song listed twice is two rows.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/playlist_item/'
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
  'storage.location.template' = 's3://{{lake}}/playlist_item/ingest_date=${ingest_date}/'
)
