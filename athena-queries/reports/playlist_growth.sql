-- Question: how do the playlists grow, in items and in followers?
-- Grain: one row per playlist and published day. Gains compare days on which the playlist was read
--   (READ or UNCHANGED), the newest two up to the day.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   ingest_date: the day
--   item_count: items in the lake
--   total_count: items according to Spotify
--   followers: users who saved it, null if Spotify does not return it
--   items_gained: item_count minus that of previous_ingest_date
--   followers_gained: followers minus those of previous_ingest_date
--   previous_ingest_date: the day before that the playlist was read, null unless read on both days
--   read_status: how far you can trust the rows of that day
-- Parameters:
--   playlist_id: Spotify id of the playlist, NULL: all
--   days: number of newest published days shown
--   as_of: shows the newest published day up to this one, NULL: the newest day
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS playlist_id,
    CAST(30 AS integer) AS days,
    CAST(NULL AS varchar) AS as_of
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
numbered_day AS (
  SELECT r.ingest_date, row_number() OVER (ORDER BY r.ingest_date DESC) AS day_number
  FROM published_run AS r
  WHERE r.ingest_date <= (SELECT ingest_date FROM shown_day)
),
since AS (
  SELECT min(d.ingest_date) AS ingest_date
  FROM numbered_day AS d
  CROSS JOIN parameter AS p
  WHERE d.day_number <= p.days
),
observation AS (
  SELECT o.playlist_id, o.ingest_date, o.previous_ingest_date, o.item_count, o.followers
  FROM playlist_observation AS o
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR o.playlist_id = p.playlist_id
)
SELECT
  l.playlist_id,
  l.name AS playlist_name,
  l.ingest_date,
  l.item_count,
  l.total_count,
  l.followers,
  a.item_count - b.item_count AS items_gained,
  a.followers - b.followers AS followers_gained,
  b.ingest_date AS previous_ingest_date,
  l.read_status
FROM playlist AS l
CROSS JOIN parameter AS p
LEFT JOIN observation AS a ON a.playlist_id = l.playlist_id AND a.ingest_date = l.ingest_date
LEFT JOIN observation AS b
  ON b.playlist_id = a.playlist_id AND b.ingest_date = a.previous_ingest_date
WHERE l.ingest_date >= (SELECT ingest_date FROM since)
  AND l.ingest_date <= (SELECT ingest_date FROM shown_day)
  AND (p.playlist_id IS NULL OR l.playlist_id = p.playlist_id)
ORDER BY playlist_name, l.playlist_id, l.ingest_date
