-- Makes DuckDB read the lake and the views and reports of this module as Athena does.
-- Load it into a new session, then views/published_run.sql, then the other views.
--
-- The folder of the lake is the variable "lake", lake-sample unless it was set before:
--   SET VARIABLE lake = '/data/lake';
-- A view reads the variable whenever it is queried, so setting it anew moves all views to another
-- lake, and a session that forgets it cannot query views that an earlier session left in a file.
-- DuckDB opens the files when a view is made: every table needs at least one file.

SET VARIABLE lake = coalesce(getvariable('lake'), 'lake-sample');
SET TimeZone = 'UTC';
SET integer_division = true;

-- Functions of Athena that DuckDB knows by another name or not at all.
-- element_at is for lists only and gives NULL for 0, where Athena fails.
-- date_format knows Athena's minutes and seconds, %i and %s, and what both engines write alike:
-- %Y %y %m %d %H %j. There is no date_parse, since DuckDB wants its pattern as a constant: cast.
-- The approx_ functions differ by some percent.
CREATE OR REPLACE MACRO array_join(list, separator) AS
  CASE WHEN list IS NOT NULL THEN coalesce(array_to_string(list, separator), '') END;
CREATE OR REPLACE MACRO element_at(list, place) AS list_extract(list, place);
CREATE OR REPLACE MACRO sequence(first, last) AS
  CASE
    WHEN first <= last THEN generate_series(CAST(first AS BIGINT), CAST(last AS BIGINT))
    ELSE generate_series(CAST(first AS BIGINT), CAST(last AS BIGINT), -1)
  END;
CREATE OR REPLACE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern);
CREATE OR REPLACE MACRO date_format(moment, format) AS
  strftime(moment, replace(replace(format, '%i', '%M'), '%s', '%S'));
CREATE OR REPLACE MACRO approx_distinct(x) AS approx_count_distinct(x);
CREATE OR REPLACE MACRO approx_percentile(x, share) AS approx_quantile(x, share);

-- A timestamp as Athena shows it: UTC without a zone, rounded to milliseconds.
CREATE OR REPLACE MACRO athena_timestamp(moment) AS
  date_trunc('milliseconds', (moment AT TIME ZONE 'UTC') + INTERVAL 500 MICROSECONDS);

-- The stored tables.

CREATE OR REPLACE VIEW stored_playlist AS
SELECT * REPLACE (
    athena_timestamp(fetched_at) AS fetched_at,
    athena_timestamp(items_read_at) AS items_read_at
  )
FROM read_parquet(
  getvariable('lake') || '/playlist/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);

CREATE OR REPLACE VIEW stored_playlist_item AS
SELECT * REPLACE (
    athena_timestamp(added_at) AS added_at
  )
FROM read_parquet(
  getvariable('lake') || '/playlist_item/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);

CREATE OR REPLACE VIEW stored_song AS
SELECT * REPLACE (
    athena_timestamp(fetched_at) AS fetched_at
  )
FROM read_parquet(
  getvariable('lake') || '/song/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);

CREATE OR REPLACE VIEW stored_album AS
SELECT * REPLACE (
    athena_timestamp(fetched_at) AS fetched_at,
    athena_timestamp(detailed_at) AS detailed_at
  )
FROM read_parquet(
  getvariable('lake') || '/album/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);

CREATE OR REPLACE VIEW stored_artist AS
SELECT * REPLACE (
    athena_timestamp(fetched_at) AS fetched_at,
    athena_timestamp(detailed_at) AS detailed_at
  )
FROM read_parquet(
  getvariable('lake') || '/artist/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);

CREATE OR REPLACE VIEW stored_playlist_event AS
SELECT *
FROM read_parquet(
  getvariable('lake') || '/playlist_event/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);

CREATE OR REPLACE VIEW stored_rejected AS
SELECT *
FROM read_parquet(
  getvariable('lake') || '/rejected/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);

CREATE OR REPLACE VIEW stored_run AS
SELECT * REPLACE (
    athena_timestamp(started_at) AS started_at,
    athena_timestamp(finished_at) AS finished_at,
    athena_timestamp(resume_at) AS resume_at
  )
FROM read_parquet(
  getvariable('lake') || '/run/ingest_date=*/*.parquet',
  hive_partitioning = true,
  hive_types = {'ingest_date': VARCHAR},
  union_by_name = true
);
