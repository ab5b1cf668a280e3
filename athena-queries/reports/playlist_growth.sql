-- Question: how do the playlists grow, in items and in followers?
-- Grain: one row per playlist and published day.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   ingest_date: the day
--   item_count: items in the lake
--   total_count: items according to Spotify
--   followers: users who saved it, null if Spotify does not return it
--   items_gained: item_count minus that of its previous day, null unless complete on both days
--   followers_gained: followers minus those of its previous day
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
history AS (
  SELECT
    l.playlist_id,
    l.name,
    l.ingest_date,
    l.item_count,
    l.total_count,
    l.followers,
    CASE WHEN l.read_status IN ('READ', 'UNCHANGED', 'STALE') THEN l.item_count END AS known_count,
    l.followers - lag(l.followers) OVER (PARTITION BY l.playlist_id ORDER BY l.ingest_date)
      AS followers_gained,
    l.read_status
  FROM playlist AS l
  CROSS JOIN parameter AS p
  WHERE l.ingest_date <= (SELECT ingest_date FROM shown_day)
    AND (p.playlist_id IS NULL OR l.playlist_id = p.playlist_id)
),
compared AS (
  SELECT
    playlist_id,
    name,
    ingest_date,
    item_count,
    total_count,
    followers,
    known_count - lag(known_count) OVER (PARTITION BY playlist_id ORDER BY ingest_date)
      AS items_gained,
    followers_gained,
    read_status
  FROM history
)
SELECT
  playlist_id,
  name AS playlist_name,
  ingest_date,
  item_count,
  total_count,
  followers,
  items_gained,
  followers_gained,
  read_status
FROM compared
WHERE ingest_date >= (SELECT ingest_date FROM since)
ORDER BY playlist_name, playlist_id, ingest_date
