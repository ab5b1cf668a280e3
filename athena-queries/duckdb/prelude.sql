-- Makes DuckDB read the lake, the views and the reports of this module as Athena does.
-- Load it into a new session, then views/published_run.sql, then the other views.
--
-- The variable "lake" is the folder of the lake, lake-sample unless already set:
--   SET VARIABLE lake = '/data/lake';
-- A view reads the variable at every query, so setting it again moves all views to another lake,
-- and a session that does not set it cannot query views that an earlier session saved in a file.
-- DuckDB opens the files when it creates a view: every table needs at least one file.

SET VARIABLE lake = coalesce(getvariable('lake'), 'lake-sample');
SET TimeZone = 'UTC';
SET integer_division = true;

-- Athena functions that DuckDB has under another name or lacks.
-- element_at takes only lists and returns NULL for 0, where Athena fails.
-- date_format supports Athena's minutes and seconds, %i and %s, and what both engines share:
-- %Y %y %m %d %H %j. There is no date_parse, as DuckDB needs a constant pattern: cast instead.
-- The approx_ functions differ by a few percent.
CREATE OR REPLACE MACRO array_join(list, separator) AS
  CASE WHEN list IS NOT NULL THEN coalesce(array_to_string(list, separator), '') END;
CREATE OR REPLACE MACRO cardinality(list) AS len(list);
CREATE OR REPLACE MACRO element_at(list, place) AS list_extract(list, place);
CREATE OR REPLACE MACRO sequence(first, last) AS
  CASE
    WHEN first <= last THEN generate_series(CAST(first AS BIGINT), CAST(last AS BIGINT))
    ELSE generate_series(CAST(first AS BIGINT), CAST(last AS BIGINT), -1)
  END;
-- Versions of DuckDB have no syntax of lambdas in common, so this one ignores its function:
-- transform(artists, a -> a.name) is what the views ask for.
CREATE OR REPLACE MACRO transform(list, name_of) AS [x.name FOR x IN list];
CREATE OR REPLACE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern);
CREATE OR REPLACE MACRO date_format(moment, format) AS
  strftime(moment, replace(replace(format, '%i', '%M'), '%s', '%S'));
CREATE OR REPLACE MACRO approx_distinct(x) AS approx_count_distinct(x);
CREATE OR REPLACE MACRO approx_percentile(x, share) AS approx_quantile(x, share);

-- A timestamp as Athena shows it: UTC without a zone, rounded to milliseconds. The cast is for files
-- rewritten by another program, with nanoseconds or without a zone.
CREATE OR REPLACE MACRO athena_timestamp(moment) AS
  date_trunc(
    'milliseconds',
    (CAST(moment AS TIMESTAMPTZ) AT TIME ZONE 'UTC') + INTERVAL 500 MICROSECONDS
  );

-- The day of a file: of the folder below its table, whatever the folders above are called.
CREATE OR REPLACE MACRO day_of(file) AS
  regexp_extract(file, 'ingest_date=(\d{4}-\d{2}-\d{2})[/\\][^/\\]*$', 1);

-- The stored tables. The columns come before the files: a column that no file has is null, as in
-- Athena, also where all files are older than it. Made from the tables' schemas: do not edit below.

CREATE OR REPLACE VIEW stored_playlist AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date,
    athena_timestamp(fetched_at) AS fetched_at,
    athena_timestamp(items_read_at) AS items_read_at
  )
FROM (
  SELECT
    CAST(NULL AS VARCHAR) AS playlist_id,
    CAST(NULL AS VARCHAR) AS name,
    CAST(NULL AS VARCHAR) AS description,
    CAST(NULL AS VARCHAR) AS owner_id,
    CAST(NULL AS VARCHAR) AS owner_name,
    CAST(NULL AS BOOLEAN) AS is_public,
    CAST(NULL AS BOOLEAN) AS is_collaborative,
    CAST(NULL AS INTEGER) AS followers,
    CAST(NULL AS VARCHAR) AS snapshot_id,
    CAST(NULL AS INTEGER) AS item_count,
    CAST(NULL AS INTEGER) AS total_count,
    CAST(NULL AS VARCHAR) AS image_url,
    CAST(NULL AS VARCHAR) AS url,
    CAST(NULL AS VARCHAR) AS read_status,
    CAST(NULL AS TIMESTAMPTZ) AS fetched_at,
    CAST(NULL AS TIMESTAMPTZ) AS items_read_at,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/playlist/ingest_date=????-??-??/????????T??????Z-????-?????-of-?????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);

CREATE OR REPLACE VIEW stored_playlist_item AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date,
    athena_timestamp(added_at) AS added_at
  )
FROM (
  SELECT
    CAST(NULL AS VARCHAR) AS playlist_id,
    CAST(NULL AS INTEGER) AS position,
    CAST(NULL AS VARCHAR) AS item_type,
    CAST(NULL AS VARCHAR) AS track_id,
    CAST(NULL AS VARCHAR) AS item_uri,
    CAST(NULL AS VARCHAR) AS item_name,
    CAST(NULL AS TIMESTAMPTZ) AS added_at,
    CAST(NULL AS VARCHAR) AS added_by,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/playlist_item/ingest_date=????-??-??/????????T??????Z-????-?????-of-?????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);

CREATE OR REPLACE VIEW stored_song AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date,
    athena_timestamp(fetched_at) AS fetched_at
  )
FROM (
  SELECT
    CAST(NULL AS VARCHAR) AS track_id,
    CAST(NULL AS VARCHAR) AS name,
    CAST(NULL AS INTEGER) AS duration_ms,
    CAST(NULL AS BOOLEAN) AS is_explicit,
    CAST(NULL AS INTEGER) AS disc_number,
    CAST(NULL AS INTEGER) AS track_number,
    CAST(NULL AS INTEGER) AS popularity,
    CAST(NULL AS VARCHAR) AS isrc,
    CAST(NULL AS VARCHAR) AS album_id,
    CAST(NULL AS STRUCT(artist_id VARCHAR, name VARCHAR)[]) AS artists,
    CAST(NULL AS VARCHAR) AS url,
    CAST(NULL AS TIMESTAMPTZ) AS fetched_at,
    CAST(NULL AS VARCHAR) AS artist_names,
    CAST(NULL AS VARCHAR) AS main_artist_id,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/song/ingest_date=????-??-??/????????T??????Z-????-?????-of-?????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);

CREATE OR REPLACE VIEW stored_album AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date,
    athena_timestamp(fetched_at) AS fetched_at,
    athena_timestamp(detailed_at) AS detailed_at
  )
FROM (
  SELECT
    CAST(NULL AS VARCHAR) AS album_id,
    CAST(NULL AS VARCHAR) AS name,
    CAST(NULL AS VARCHAR) AS album_type,
    CAST(NULL AS VARCHAR) AS release_date,
    CAST(NULL AS VARCHAR) AS release_date_precision,
    CAST(NULL AS INTEGER) AS release_year,
    CAST(NULL AS DATE) AS released_on,
    CAST(NULL AS INTEGER) AS total_tracks,
    CAST(NULL AS STRUCT(artist_id VARCHAR, name VARCHAR)[]) AS artists,
    CAST(NULL AS VARCHAR) AS image_url,
    CAST(NULL AS VARCHAR) AS url,
    CAST(NULL AS TIMESTAMPTZ) AS fetched_at,
    CAST(NULL AS VARCHAR) AS label,
    CAST(NULL AS INTEGER) AS popularity,
    CAST(NULL AS VARCHAR) AS upc,
    CAST(NULL AS TIMESTAMPTZ) AS detailed_at,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/album/ingest_date=????-??-??/????????T??????Z-????-?????-of-?????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);

CREATE OR REPLACE VIEW stored_artist AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date,
    athena_timestamp(fetched_at) AS fetched_at,
    athena_timestamp(detailed_at) AS detailed_at
  )
FROM (
  SELECT
    CAST(NULL AS VARCHAR) AS artist_id,
    CAST(NULL AS VARCHAR) AS name,
    CAST(NULL AS VARCHAR) AS url,
    CAST(NULL AS TIMESTAMPTZ) AS fetched_at,
    CAST(NULL AS VARCHAR[]) AS genres,
    CAST(NULL AS INTEGER) AS popularity,
    CAST(NULL AS INTEGER) AS followers,
    CAST(NULL AS VARCHAR) AS image_url,
    CAST(NULL AS TIMESTAMPTZ) AS detailed_at,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/artist/ingest_date=????-??-??/????????T??????Z-????-?????-of-?????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);

CREATE OR REPLACE VIEW stored_playlist_event AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date
  )
FROM (
  SELECT
    CAST(NULL AS VARCHAR) AS playlist_id,
    CAST(NULL AS INTEGER) AS event_seq,
    CAST(NULL AS VARCHAR) AS event_type,
    CAST(NULL AS VARCHAR) AS track_id,
    CAST(NULL AS VARCHAR) AS item_uri,
    CAST(NULL AS VARCHAR) AS item_name,
    CAST(NULL AS INTEGER) AS position_before,
    CAST(NULL AS INTEGER) AS position_after,
    CAST(NULL AS VARCHAR) AS value_before,
    CAST(NULL AS VARCHAR) AS value_after,
    CAST(NULL AS VARCHAR) AS previous_ingest_date,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/playlist_event/ingest_date=????-??-??/????????T??????Z-????-?????-of-?????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);

CREATE OR REPLACE VIEW stored_rejected AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date
  )
FROM (
  SELECT
    CAST(NULL AS VARCHAR) AS stage,
    CAST(NULL AS VARCHAR) AS subject_type,
    CAST(NULL AS VARCHAR) AS playlist_id,
    CAST(NULL AS VARCHAR) AS subject_id,
    CAST(NULL AS INTEGER) AS position,
    CAST(NULL AS VARCHAR) AS reason,
    CAST(NULL AS VARCHAR) AS message,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/rejected/ingest_date=????-??-??/????????T??????Z-????-?????-of-?????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);

CREATE OR REPLACE VIEW stored_run AS
SELECT * EXCLUDE (filename) REPLACE (
    day_of(filename) AS ingest_date,
    athena_timestamp(started_at) AS started_at,
    athena_timestamp(finished_at) AS finished_at,
    athena_timestamp(resume_at) AS resume_at,
    [{'family': x.family, 'resume_at': athena_timestamp(x.resume_at)} FOR x IN closed_families] AS closed_families
  )
FROM (
  SELECT
    CAST(NULL AS TIMESTAMPTZ) AS started_at,
    CAST(NULL AS TIMESTAMPTZ) AS finished_at,
    CAST(NULL AS VARCHAR) AS status,
    CAST(NULL AS VARCHAR) AS runner,
    CAST(NULL AS VARCHAR) AS version,
    CAST(NULL AS INTEGER) AS schema_version,
    CAST(NULL AS BIGINT) AS requests,
    CAST(NULL AS INTEGER) AS playlists_listed,
    CAST(NULL AS INTEGER) AS playlists_read,
    CAST(NULL AS INTEGER) AS playlists_unchanged,
    CAST(NULL AS INTEGER) AS playlists_stale,
    CAST(NULL AS INTEGER) AS playlists_incomplete,
    CAST(NULL AS INTEGER) AS playlists_metadata_only,
    CAST(NULL AS INTEGER) AS playlists_rejected,
    CAST(NULL AS BIGINT) AS playlist_rows,
    CAST(NULL AS BIGINT) AS playlist_item_rows,
    CAST(NULL AS BIGINT) AS song_rows,
    CAST(NULL AS BIGINT) AS album_rows,
    CAST(NULL AS BIGINT) AS artist_rows,
    CAST(NULL AS BIGINT) AS playlist_event_rows,
    CAST(NULL AS BIGINT) AS rejected_rows,
    CAST(NULL AS VARCHAR[]) AS missing_capabilities,
    CAST(NULL AS VARCHAR) AS stopped_by,
    CAST(NULL AS TIMESTAMPTZ) AS resume_at,
    CAST(NULL AS VARCHAR) AS config,
    CAST(NULL AS STRUCT(family VARCHAR, resume_at TIMESTAMPTZ)[]) AS closed_families,
    CAST(NULL AS VARCHAR) AS run_id,
    CAST(NULL AS VARCHAR) AS ingest_date,
    CAST(NULL AS VARCHAR) AS filename
  WHERE false
  UNION ALL BY NAME
  SELECT *
  FROM read_parquet(
    getvariable('lake') || '/run/ingest_date=????-??-??/????????T??????Z-????.parquet',
    filename = true,
    hive_partitioning = false,
    union_by_name = true
  )
);
