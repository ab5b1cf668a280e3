-- stored_playlist_event: all rows in the folder playlist_event of the lake, whichever run wrote them.
-- The view playlist_event shows the rows that count. Made from playlist_event.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_playlist_event` (
  `playlist_id` string COMMENT 'The playlist. Key.',
  `event_seq` int COMMENT 'Order within the playlist and day, from 0. Key.',
  `event_type` string COMMENT 'FIRST_SEEN, GONE, RENAMED, REDESCRIBED, ADDED, REMOVED or REORDERED.',
  `track_id` string COMMENT 'The song of an ADDED or REMOVED item.',
  `item_uri` string COMMENT 'The item\'s Spotify URI.',
  `item_name` string COMMENT 'The item\'s name.',
  `position_before` int COMMENT '0-based place the day before.',
  `position_after` int COMMENT '0-based place on this day.',
  `value_before` string COMMENT 'Name or description the day before\u003B RENAMED and REDESCRIBED have \'\' for null.',
  `value_after` string COMMENT 'Name or description on this day\u003B RENAMED and REDESCRIBED have \'\' for null.',
  `previous_ingest_date` string COMMENT 'The day compared with, YYYY-MM-DD.',
  `run_id` string COMMENT 'The run that wrote this row\u003B sorts by time\u003B not part of the row\'s identity.'
)
COMMENT 'One row per change of a playlist since the previous published day.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/playlist_event/'
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
  'storage.location.template' = 's3://{{lake}}/playlist_event/ingest_date=${ingest_date}/'
)
