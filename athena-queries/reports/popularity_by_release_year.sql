-- Question: how popular are the day's songs, by release date of their album?
-- Grain: one row per release year and month. Albums with only a year make one row per year
--   without a month, albums without a year one row without either. Each song counts once, songs of
--   unknown popularity are left out.
-- Columns:
--   release_year: year of the album's release
--   release_month: year and month of the release, YYYY-MM, null if the release date has only a year
--   songs: songs released then
--   albums: their albums
--   average_popularity: average of Spotify's popularity (0 to 100) of these songs
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
-- requires: song.popularity
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
shown_album AS (
  SELECT b.album_id, b.release_date, b.release_date_precision, b.release_year
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
held AS (
  SELECT DISTINCT i.track_id
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
released AS (
  SELECT
    s.track_id,
    s.popularity,
    b.album_id,
    b.release_year,
    CASE
      WHEN b.release_year IS NOT NULL
        AND b.release_date_precision IN ('month', 'day')
        AND try_cast(substr(b.release_date, 6, 2) AS integer) BETWEEN 1 AND 12
        THEN substr(b.release_date, 1, 7)
    END AS release_month
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  JOIN held AS h ON h.track_id = s.track_id
  LEFT JOIN shown_album AS b ON b.album_id = s.album_id
  WHERE s.popularity IS NOT NULL
)
SELECT
  release_year,
  release_month,
  count(*) AS songs,
  count(DISTINCT album_id) AS albums,
  round(avg(CAST(popularity AS double)), 1) AS average_popularity
FROM released
GROUP BY release_year, release_month
ORDER BY release_year NULLS LAST, release_month NULLS LAST
