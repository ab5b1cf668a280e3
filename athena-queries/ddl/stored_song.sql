-- stored_song: all rows in the folder song of the lake, whichever run wrote them.
-- The view song shows the rows that count. Made from song.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_song` (
  `track_id` string COMMENT 'Spotify id. Key. Source: track.id.',
  `name` string COMMENT 'Title. Source: track.name.',
  `duration_ms` int COMMENT 'Length in milliseconds. Source: track.duration_ms.',
  `is_explicit` boolean COMMENT 'Whether its lyrics are marked explicit. Source: track.explicit.',
  `disc_number` int COMMENT 'Disc of the album, from 1. Source: track.disc_number.',
  `track_number` int COMMENT 'Place on the disc, from 1. Source: track.track_number.',
  `popularity` int COMMENT 'Spotify\'s popularity, 0 to 100\u003B null where this app may not read it. Source: track.popularity.',
  `isrc` string COMMENT 'International Standard Recording Code. Source: track.external_ids.isrc.',
  `album_id` string COMMENT 'Its album. Source: track.album.id.',
  `artists` array<struct<artist_id:string,name:string>> COMMENT 'Its artists in Spotify\'s order. Source: track.artists.',
  `url` string COMMENT 'Link to the song in Spotify. Source: track.external_urls.spotify.',
  `fetched_at` timestamp COMMENT 'When the newest response with it arrived, UTC.',
  `artist_names` string COMMENT 'Names of its artists in Spotify\'s order, with \', \' between\u003B null if no name is known.',
  `main_artist_id` string COMMENT 'Its first artist\u003B null if there is none, or if the first has no id.',
  `run_id` string COMMENT 'The run that wrote this row\u003B sorts by time\u003B not part of the row\'s identity.'
)
COMMENT 'One row per song in a playlist of the day.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/song/'
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
  'storage.location.template' = 's3://{{lake}}/song/ingest_date=${ingest_date}/'
)
