-- Question: how long are the playlists and their songs, and how many of them are marked explicit?
-- Grain: one row per playlist with an item. A song listed twice counts twice.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name
--   items: items of any type
--   song_items: items that are songs
--   explicit_items: those marked explicit
--   explicit_share: these as a percentage of the songs of known marking
--   total_minutes: length of all songs in minutes
--   average_length: average length of a song, minutes:seconds, truncated to whole seconds
--   shortest_length: length of the shortest song
--   longest_length: length of the longest song
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
shown_song AS (
  SELECT s.track_id, s.is_explicit, s.duration_ms
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
playlist_name AS (
  SELECT l.playlist_id, l.name
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
item AS (
  SELECT i.playlist_id, i.track_id, s.is_explicit, s.duration_ms
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  LEFT JOIN shown_song AS s ON s.track_id = i.track_id
  WHERE p.playlist_id IS NULL OR i.playlist_id = p.playlist_id
),
measured AS (
  SELECT
    playlist_id,
    count(*) AS items,
    count(track_id) AS song_items,
    count_if(is_explicit) AS explicit_items,
    count(is_explicit) AS known_items,
    round(CAST(sum(CAST(duration_ms AS bigint)) AS double) / 60000, 1) AS total_minutes,
    CAST(floor(avg(CAST(duration_ms AS double)) / 1000) AS bigint) AS average_seconds,
    min(duration_ms) / 1000 AS shortest_seconds,
    max(duration_ms) / 1000 AS longest_seconds
  FROM item
  GROUP BY playlist_id
)
SELECT
  m.playlist_id,
  l.name AS playlist_name,
  m.items,
  m.song_items,
  m.explicit_items,
  round(CAST(m.explicit_items AS double) * 100 / nullif(m.known_items, 0), 1) AS explicit_share,
  m.total_minutes,
  CAST(m.average_seconds / 60 AS varchar) || ':'
    || lpad(CAST(m.average_seconds % 60 AS varchar), 2, '0') AS average_length,
  CAST(m.shortest_seconds / 60 AS varchar) || ':'
    || lpad(CAST(m.shortest_seconds % 60 AS varchar), 2, '0') AS shortest_length,
  CAST(m.longest_seconds / 60 AS varchar) || ':'
    || lpad(CAST(m.longest_seconds % 60 AS varchar), 2, '0') AS longest_length,
  d.ingest_date
FROM measured AS m
CROSS JOIN shown_day AS d
LEFT JOIN playlist_name AS l ON l.playlist_id = m.playlist_id
ORDER BY explicit_share DESC NULLS LAST, playlist_name, m.playlist_id
