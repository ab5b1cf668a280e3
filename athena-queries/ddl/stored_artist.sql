-- stored_artist: all rows in the folder artist of the lake, whichever run wrote them.
-- The view artist shows the rows that count. Made from artist.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_artist` (
  `artist_id` string COMMENT 'Spotify id. Key. Source: artists[].id.',
  `name` string COMMENT 'Name. Source: artists[].name.',
  `url` string COMMENT 'Link to the artist in Spotify. Source: artists[].external_urls.spotify.',
  `fetched_at` timestamp COMMENT 'When the newest response with it arrived, UTC.',
  `genres` array<string> COMMENT 'Genres\u003B detail\u003B null where this app may not read them. Source: genres of GET /v1/artists.',
  `popularity` int COMMENT 'Spotify\'s popularity, 0 to 100\u003B detail. Source: popularity of GET /v1/artists.',
  `followers` int COMMENT 'Number of followers\u003B detail. Source: followers.total of GET /v1/artists.',
  `image_url` string COMMENT 'First image\u003B detail. Source: images[0].url of GET /v1/artists.',
  `detailed_at` timestamp COMMENT 'When the newest detail response arrived, UTC.',
  `run_id` string COMMENT 'The run that wrote this row\u003B sorts by time\u003B not part of the row\'s identity.'
)
COMMENT 'One row per artist of a song or album of the day.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/artist/'
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
  'storage.location.template' = 's3://{{lake}}/artist/ingest_date=${ingest_date}/'
)
