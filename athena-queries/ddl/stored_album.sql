-- stored_album: all rows in the folder album of the lake, whichever run wrote them.
-- The view album shows the rows that count. Made from album.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_album` (
  `album_id` string COMMENT 'Spotify id. Key. Source: album.id.',
  `name` string COMMENT 'Title\u003B empty after a takedown. Source: album.name.',
  `album_type` string COMMENT 'album, single, compilation, ... Source: album.album_type.',
  `release_date` string COMMENT 'Release date as given: year, month or day. Source: album.release_date.',
  `release_date_precision` string COMMENT 'year, month or day. Source: album.release_date_precision.',
  `release_year` int COMMENT 'Year of release_date\u003B null for 0000.',
  `released_on` date COMMENT 'release_date as a date, where it is precise to the day and valid.',
  `total_tracks` int COMMENT 'Number of tracks on the album. Source: album.total_tracks.',
  `artists` array<struct<artist_id:string,name:string>> COMMENT 'Its artists in Spotify\'s order. Source: album.artists.',
  `image_url` string COMMENT 'First cover image. Source: album.images[0].url.',
  `url` string COMMENT 'Link to the album in Spotify. Source: album.external_urls.spotify.',
  `fetched_at` timestamp COMMENT 'When the newest response with it arrived, UTC.',
  `label` string COMMENT 'Record label\u003B detail. Source: label of GET /v1/albums.',
  `popularity` int COMMENT 'Spotify\'s popularity, 0 to 100\u003B detail. Source: popularity of GET /v1/albums.',
  `upc` string COMMENT 'Universal Product Code\u003B detail. Source: external_ids.upc of GET /v1/albums.',
  `detailed_at` timestamp COMMENT 'When the newest detail response arrived, UTC.',
  `run_id` string COMMENT 'The run that wrote this row\u003B sorts by time\u003B not part of the row\'s identity.'
)
COMMENT 'One row per album of a song of the day.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/album/'
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
  'storage.location.template' = 's3://{{lake}}/album/ingest_date=${ingest_date}/'
)
