-- Question: what is in the day's playlists, in order, and what are its genres?
-- Grain: one row per playlist item of any type. Only songs have an album, artists and genres.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name
--   position: place in the playlist, from 0
--   item_type: track, episode, local, other or unavailable
--   track_id: Spotify id of a song, else null
--   title: title of the song or name of the item
--   duration: minutes:seconds, truncated to whole seconds
--   album_name: title of the album
--   release_date: release date of the album as given by Spotify
--   artists: names in Spotify's order, null if unknown
--   genres: distinct genres of these artists, in alphabetical order, null if unknown
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
-- requires: artist.genres
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
playlist_name AS (
  SELECT l.playlist_id, l.name
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
shown_album AS (
  SELECT b.album_id, b.name, b.release_date
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
title AS (
  SELECT
    s.track_id,
    max(s.name) AS title,
    max(s.album_id) AS album_id,
    max(s.duration_ms) AS duration_ms,
    nullif(array_join(array_agg(element_at(s.artists, n.place).name ORDER BY n.place), ', '), '')
      AS artists
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  GROUP BY s.track_id
),
item AS (
  SELECT i.playlist_id, i.position, i.item_type, i.track_id, i.item_name
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR i.playlist_id = p.playlist_id
),
credit AS (
  SELECT DISTINCT s.track_id, a.artist_id
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  CROSS JOIN UNNEST(s.artists) AS a
),
artist_genre AS (
  SELECT r.artist_id, g.genre
  FROM stored_artist AS r
  JOIN shown_day AS d ON d.ingest_date = r.ingest_date AND d.run_id = r.run_id
  CROSS JOIN UNNEST(r.genres) AS g(genre)
),
song_genre AS (
  SELECT DISTINCT c.track_id, g.genre
  FROM credit AS c
  JOIN artist_genre AS g ON c.artist_id = g.artist_id
),
genres AS (
  SELECT track_id, array_join(array_agg(genre ORDER BY genre), ', ') AS genres
  FROM song_genre
  GROUP BY track_id
)
SELECT
  i.playlist_id,
  l.name AS playlist_name,
  i.position,
  i.item_type,
  i.track_id,
  coalesce(t.title, i.item_name) AS title,
  CAST(t.duration_ms / 60000 AS varchar) || ':'
    || lpad(CAST(t.duration_ms / 1000 % 60 AS varchar), 2, '0') AS duration,
  b.name AS album_name,
  b.release_date,
  t.artists,
  g.genres
FROM item AS i
LEFT JOIN playlist_name AS l ON l.playlist_id = i.playlist_id
LEFT JOIN title AS t ON t.track_id = i.track_id
LEFT JOIN shown_album AS b ON b.album_id = t.album_id
LEFT JOIN genres AS g ON i.track_id = g.track_id
ORDER BY playlist_name, i.playlist_id, i.position
