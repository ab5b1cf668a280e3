-- Question: what was in a playlist on a given day, in order, with popularity and genres?
-- Grain: one row per item of any type, on the newest published day up to as_of. Only songs have an
--   album, artists, popularity and genres.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   rank: rank in the playlist, from 1
--   item_type: track, episode, local, other or unavailable
--   track_id: Spotify id of a song, else null
--   item_uri: Spotify URI of the item
--   title: title of the song or name of the item
--   artists: names in Spotify's order, null if unknown
--   album_name: title of the album
--   release_date: release date of the album as given by Spotify
--   duration: minutes:seconds, truncated to whole seconds
--   popularity: Spotify's popularity (0 to 100) of the song
--   artist_popularity: that of its first artist
--   genres: distinct genres of its artists, in alphabetical order, null if unknown
--   added_at: when it was added, UTC
--   added_by: user who added it
--   read_status: how far you can trust the playlist's rows of that day
--   ingest_date: the day
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
-- optional: artist.genres, artist.popularity, song.popularity
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
shown_playlist AS (
  SELECT l.playlist_id, l.name, l.read_status
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
shown_song AS (
  SELECT
    s.track_id,
    s.name,
    s.artist_names,
    s.main_artist_id,
    s.album_id,
    s.duration_ms,
    s.popularity
  FROM song_row AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
shown_album AS (
  SELECT b.album_id, b.name, b.release_date
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
shown_artist AS (
  SELECT r.artist_id, r.popularity, r.genres
  FROM stored_artist AS r
  JOIN shown_day AS d ON d.ingest_date = r.ingest_date AND d.run_id = r.run_id
),
item AS (
  SELECT
    i.playlist_id,
    i.position,
    i.item_type,
    i.track_id,
    i.item_uri,
    i.item_name,
    i.added_at,
    i.added_by,
    i.ingest_date
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE p.playlist_id IS NULL OR i.playlist_id = p.playlist_id
),
credit AS (
  SELECT DISTINCT s.track_id, element_at(s.artists, n.place).artist_id AS artist_id
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
),
artist_genre AS (
  SELECT r.artist_id, g.genre
  FROM shown_artist AS r
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
  i.position + 1 AS rank,
  i.item_type,
  i.track_id,
  i.item_uri,
  coalesce(s.name, i.item_name) AS title,
  s.artist_names AS artists,
  b.name AS album_name,
  b.release_date,
  CAST(s.duration_ms / 60000 AS varchar) || ':'
    || lpad(CAST(s.duration_ms / 1000 % 60 AS varchar), 2, '0') AS duration,
  s.popularity,
  r.popularity AS artist_popularity,
  g.genres,
  i.added_at,
  i.added_by,
  l.read_status,
  i.ingest_date
FROM item AS i
LEFT JOIN shown_playlist AS l ON l.playlist_id = i.playlist_id
LEFT JOIN shown_song AS s ON s.track_id = i.track_id
LEFT JOIN shown_album AS b ON b.album_id = s.album_id
LEFT JOIN shown_artist AS r ON r.artist_id = s.main_artist_id
LEFT JOIN genres AS g ON g.track_id = i.track_id
ORDER BY playlist_name, i.playlist_id, i.position
