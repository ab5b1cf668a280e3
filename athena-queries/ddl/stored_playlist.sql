-- stored_playlist: all rows in the folder playlist of the lake, whichever run wrote them.
-- The view playlist shows the rows that count. Made from playlist.avsc by AthenaDdl: do not edit.
-- Replace {{lake}} by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
-- and {{first_day}} by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
-- day from there on costs a query that names no days a look, whether the lake has it or not.
CREATE EXTERNAL TABLE `stored_playlist` (
  `playlist_id` string COMMENT 'Spotify id, 22 characters\u003B liked: and the user id for Liked Songs. Key. Source: id of GET /v1/playlists/{id}.',
  `name` string COMMENT 'Name. Source: name.',
  `description` string COMMENT 'Description as its owner wrote it, HTML-escaped by Spotify. Source: description.',
  `owner_id` string COMMENT 'User id of the owner\u003B hashed or empty with --addedBy. Source: owner.id.',
  `owner_name` string COMMENT 'Display name of the owner\u003B empty with --addedBy where it holds the id. Source: owner.display_name.',
  `is_public` boolean COMMENT 'Whether it is shown on the owner\'s profile. Source: public.',
  `is_collaborative` boolean COMMENT 'Whether others than the owner may edit it. Source: collaborative.',
  `followers` int COMMENT 'Number of users who saved it. Source: followers.total.',
  `snapshot_id` string COMMENT 'Spotify\'s version mark: equal means unchanged, different proves nothing. Source: snapshot_id.',
  `item_count` int COMMENT 'Rows of this playlist published in playlist_item.',
  `total_count` int COMMENT 'Number of items according to Spotify. Source: tracks.total or items.total.',
  `image_url` string COMMENT 'First cover image\u003B such links end within a day. Source: images[0].url.',
  `url` string COMMENT 'Link to the playlist in Spotify. Source: external_urls.spotify.',
  `read_status` string COMMENT 'READ, UNCHANGED, STALE, INCOMPLETE or METADATA_ONLY: how far today\'s rows can be trusted.',
  `fetched_at` timestamp COMMENT 'When the response with this metadata arrived, UTC.',
  `items_read_at` timestamp COMMENT 'When all items were last read completely, UTC.',
  `run_id` string COMMENT 'The run that wrote this row\u003B sorts by time\u003B not part of the row\'s identity.'
)
COMMENT 'One row per listed playlist that could be read, or whose earlier rows still hold.'
PARTITIONED BY (
  `ingest_date` string COMMENT 'The day of the run, YYYY-MM-DD, UTC.'
)
STORED AS PARQUET
LOCATION 's3://{{lake}}/playlist/'
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
  'storage.location.template' = 's3://{{lake}}/playlist/ingest_date=${ingest_date}/'
)
