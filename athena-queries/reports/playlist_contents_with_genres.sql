-- Question: what stands in the playlists of the day, in order, and of which genres is it?
-- Grain: one row a slot of a playlist, whatever stands there. Only songs have an album, artists and
--   genres.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name
--   position: place in the playlist, from 0
--   item_type: track, episode, local or unavailable
--   track_id: Spotify id of a song, else null
--   title: title of the song or name of the item
--   duration: minutes:seconds, cut to whole seconds
--   album_name: title of the album
--   release_date: release date of the album as Spotify gives it
--   artists: names in Spotify's order, null if none is known
--   genres: genres of these artists, each once, in alphabetical order, null if none is known
-- Parameters:
--   as_of: the newest published day not after it is shown, NULL: the newest day
--   playlist_id: Spotify id of the playlist asked about, NULL: all
-- requires: artist.genres
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE r.ingest_date <= coalesce(p.as_of, '9999-12-31')
),
item AS (
  SELECT i.playlist_id, i.position, i.item_type, i.track_id, i.item_name
  FROM playlist_item AS i
  CROSS JOIN parameter AS p
  WHERE i.ingest_date = (SELECT ingest_date FROM shown_day)
    AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
credit AS (
  SELECT DISTINCT a.track_id, a.artist_id
  FROM song_artist AS a
  WHERE a.ingest_date = (SELECT ingest_date FROM shown_day)
),
artist_genre AS (
  SELECT r.artist_id, g.genre
  FROM artist AS r
  CROSS JOIN UNNEST(r.genres) AS g(genre)
  WHERE r.ingest_date = (SELECT ingest_date FROM shown_day)
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
  coalesce(s.name, i.item_name) AS title,
  CAST(s.duration_ms / 60000 AS varchar) || ':'
    || lpad(CAST(s.duration_ms / 1000 % 60 AS varchar), 2, '0') AS duration,
  b.name AS album_name,
  b.release_date,
  n.artists,
  g.genres
FROM item AS i
LEFT JOIN playlist AS l
  ON l.playlist_id = i.playlist_id AND l.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN song AS s
  ON s.track_id = i.track_id AND s.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN album AS b
  ON b.album_id = s.album_id AND b.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN song_title AS n
  ON n.track_id = i.track_id AND n.ingest_date = (SELECT ingest_date FROM shown_day)
LEFT JOIN genres AS g ON i.track_id = g.track_id
ORDER BY playlist_name, i.playlist_id, i.position
