-- Question: what stands in the playlists of the newest day, in order, and of which genres is it?
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
-- Parameters: none
-- requires: artist.genres
WITH names AS (
  SELECT
    s.track_id,
    nullif(
      array_join(array_agg(element_at(s.artists, n.place).name ORDER BY n.place), ', '), ''
    ) AS artists
  FROM song AS s
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  WHERE s.ingest_date = (SELECT max(ingest_date) FROM run)
  GROUP BY s.track_id
),
credit AS (
  SELECT DISTINCT s.track_id, a.artist_id
  FROM song AS s
  CROSS JOIN UNNEST(s.artists) AS a
  WHERE s.ingest_date = (SELECT max(ingest_date) FROM run)
),
artist_genre AS (
  SELECT r.artist_id, g.genre
  FROM artist AS r
  CROSS JOIN UNNEST(r.genres) AS g(genre)
  WHERE r.ingest_date = (SELECT max(ingest_date) FROM run)
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
  p.name AS playlist_name,
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
FROM playlist_item AS i
LEFT JOIN playlist AS p ON i.playlist_id = p.playlist_id AND i.ingest_date = p.ingest_date
LEFT JOIN song AS s ON i.track_id = s.track_id AND i.ingest_date = s.ingest_date
LEFT JOIN album AS b ON s.album_id = b.album_id AND s.ingest_date = b.ingest_date
LEFT JOIN names AS n ON i.track_id = n.track_id
LEFT JOIN genres AS g ON i.track_id = g.track_id
WHERE i.ingest_date = (SELECT max(ingest_date) FROM run)
ORDER BY playlist_name, i.playlist_id, i.position
