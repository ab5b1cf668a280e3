-- Question: what changed in the playlists since the previous published day?
-- Grain: one row per change, in the order of the playlist's events. A playlist seen for the first
--   time has one row and none for its items.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on the day, or the last name if the playlist is gone
--   event_type: FIRST_SEEN, GONE, RENAMED, REDESCRIBED, ADDED, REMOVED or REORDERED
--   track_id: Spotify id of the song added or removed
--   item_uri: Spotify URI of the item added or removed
--   title: title of the song or name of the item added or removed
--   artists: names in Spotify's order, null if unknown
--   rank_before: rank before, from 1
--   rank_after: rank now, from 1
--   value_before: name or description before
--   value_after: name or description now
--   previous_ingest_date: the earlier day of the comparison
--   ingest_date: the day
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
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
title AS (
  SELECT s.track_id, s.name AS title, s.artist_names AS artists
  FROM song_row AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
playlist_name AS (
  SELECT l.playlist_id, l.name
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
event AS (
  SELECT
    e.playlist_id,
    e.event_seq,
    e.event_type,
    e.track_id,
    e.item_uri,
    e.item_name,
    e.position_before,
    e.position_after,
    e.value_before,
    e.value_after,
    e.previous_ingest_date,
    e.ingest_date
  FROM stored_playlist_event AS e
  JOIN shown_day AS d ON d.ingest_date = e.ingest_date AND d.run_id = e.run_id
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR e.playlist_id = p.playlist_id
),
previous_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  JOIN event AS e ON e.previous_ingest_date = r.ingest_date
),
title_before AS (
  SELECT s.track_id, s.name AS title, s.artist_names AS artists
  FROM song_row AS s
  JOIN previous_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
)
SELECT
  e.playlist_id,
  CASE WHEN e.event_type = 'GONE' THEN e.value_before ELSE l.name END AS playlist_name,
  e.event_type,
  e.track_id,
  e.item_uri,
  e.item_name AS title,
  coalesce(a.artists, b.artists) AS artists,
  e.position_before + 1 AS rank_before,
  e.position_after + 1 AS rank_after,
  e.value_before,
  e.value_after,
  e.previous_ingest_date,
  e.ingest_date
FROM event AS e
LEFT JOIN playlist_name AS l ON l.playlist_id = e.playlist_id
LEFT JOIN title AS a ON a.track_id = e.track_id
LEFT JOIN title_before AS b ON b.track_id = e.track_id
ORDER BY playlist_name, e.playlist_id, e.event_seq
