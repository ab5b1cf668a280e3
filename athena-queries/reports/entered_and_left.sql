-- Question: what entered or left the playlists in a range of days, and who added it?
-- Grain: one row per item that entered or left, copies are items of their own. Compares the days on
--   which a playlist was read (READ or UNCHANGED): what changed in between is dated to the first day
--   read. The first such day of a playlist has no rows, nor have items without a URI.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   change: entered or left
--   track_id: Spotify id of a song, else null
--   item_uri: Spotify URI of the item
--   title: title of the song or name of the item
--   artists: names in Spotify's order, null if unknown
--   rank_before: rank on previous_ingest_date of what left, from 1
--   rank_after: rank on ingest_date of what entered, from 1
--   added_at: when it was added, UTC
--   added_by: user who added it
--   previous_ingest_date: the day before on which the playlist was read
--   ingest_date: the day on which the item was first seen or first missed
-- Parameters:
--   since: the first day shown, NULL: the sixth day before the last, so a week
--   as_of: the last day shown is the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS since,
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
compared AS (
  SELECT o.playlist_id, o.name, o.ingest_date, o.previous_ingest_date
  FROM playlist_observation AS o
  CROSS JOIN shown_day AS d
  CROSS JOIN parameter AS p
  WHERE o.previous_ingest_date IS NOT NULL
    AND o.ingest_date <= d.ingest_date
    AND CASE
      WHEN p.since IS NOT NULL THEN o.ingest_date >= p.since
      ELSE date_diff('day', CAST(o.ingest_date AS date), CAST(d.ingest_date AS date)) < 7
    END
    AND (p.playlist_id IS NULL OR o.playlist_id = p.playlist_id)
),
since AS (
  SELECT min(previous_ingest_date) AS ingest_date
  FROM compared
),
item AS (
  SELECT
    i.playlist_id,
    i.ingest_date,
    i.position,
    i.track_id,
    i.item_uri,
    i.item_name,
    i.added_at,
    i.added_by,
    row_number() OVER (PARTITION BY i.playlist_id, i.ingest_date, i.item_uri ORDER BY i.position)
      AS copy
  FROM playlist_item AS i
  CROSS JOIN parameter AS p
  WHERE i.ingest_date >= (SELECT ingest_date FROM since)
    AND i.ingest_date <= (SELECT ingest_date FROM shown_day)
    AND i.item_uri IS NOT NULL
    AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
side AS (
  SELECT
    c.playlist_id,
    c.ingest_date,
    i.item_uri,
    i.copy,
    'entered' AS change,
    c.ingest_date AS item_date,
    i.position
  FROM compared AS c
  JOIN item AS i ON i.playlist_id = c.playlist_id AND i.ingest_date = c.ingest_date
  UNION ALL
  SELECT
    c.playlist_id,
    c.ingest_date,
    i.item_uri,
    i.copy,
    'left' AS change,
    c.previous_ingest_date AS item_date,
    i.position
  FROM compared AS c
  JOIN item AS i ON i.playlist_id = c.playlist_id AND i.ingest_date = c.previous_ingest_date
),
changed AS (
  SELECT
    playlist_id,
    ingest_date,
    min(change) AS change,
    min(item_date) AS item_date,
    min(position) AS position
  FROM side
  GROUP BY playlist_id, ingest_date, item_uri, copy
  HAVING count(*) = 1
),
shown_song AS (
  SELECT s.track_id, s.ingest_date, s.name, s.artist_names
  FROM song AS s
  WHERE s.ingest_date >= (SELECT ingest_date FROM since)
    AND s.ingest_date <= (SELECT ingest_date FROM shown_day)
)
SELECT
  c.playlist_id,
  c.name AS playlist_name,
  x.change,
  i.track_id,
  i.item_uri,
  coalesce(s.name, i.item_name) AS title,
  s.artist_names AS artists,
  CASE WHEN x.change = 'left' THEN i.position + 1 END AS rank_before,
  CASE WHEN x.change = 'entered' THEN i.position + 1 END AS rank_after,
  i.added_at,
  i.added_by,
  c.previous_ingest_date,
  c.ingest_date
FROM changed AS x
JOIN compared AS c ON c.playlist_id = x.playlist_id AND c.ingest_date = x.ingest_date
JOIN item AS i
  ON i.playlist_id = x.playlist_id AND i.ingest_date = x.item_date AND i.position = x.position
LEFT JOIN shown_song AS s ON s.track_id = i.track_id AND s.ingest_date = x.item_date
ORDER BY playlist_name, c.playlist_id, c.ingest_date, x.change, i.position
