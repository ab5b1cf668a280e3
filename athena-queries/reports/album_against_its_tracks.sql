-- Question: is an album as popular as those of its songs that the playlists of the newest day hold,
--   and are these songs more popular than the playlists' songs overall?
-- Grain: one row an album of such a song. Averages are over different songs of known popularity.
-- Columns:
--   album_id: Spotify id
--   album_name: title
--   release_date: as Spotify gives it
--   total_tracks: tracks on the album
--   songs: its different songs in the playlists
--   album_popularity: Spotify's popularity (0 to 100) of the album
--   song_popularity: average popularity of its songs in the playlists
--   overall_popularity: average popularity of all songs in the playlists
--   album_minus_songs: album_popularity less song_popularity
--   songs_minus_overall: song_popularity less overall_popularity
-- Parameters: none
-- requires: album.popularity, song.popularity
WITH overall AS (
  SELECT avg(CAST(popularity AS double)) AS popularity
  FROM song
  WHERE ingest_date = (SELECT max(ingest_date) FROM run)
),
own AS (
  SELECT album_id, count(*) AS songs, avg(CAST(popularity AS double)) AS popularity
  FROM song
  WHERE ingest_date = (SELECT max(ingest_date) FROM run) AND album_id IS NOT NULL
  GROUP BY album_id
)
SELECT
  o.album_id,
  b.name AS album_name,
  b.release_date,
  b.total_tracks,
  o.songs,
  b.popularity AS album_popularity,
  round(o.popularity, 1) AS song_popularity,
  round(v.popularity, 1) AS overall_popularity,
  round(b.popularity - o.popularity, 1) AS album_minus_songs,
  round(o.popularity - v.popularity, 1) AS songs_minus_overall
FROM own AS o
CROSS JOIN overall AS v
LEFT JOIN album AS b
  ON o.album_id = b.album_id AND b.ingest_date = (SELECT max(ingest_date) FROM run)
ORDER BY song_popularity DESC NULLS LAST, album_name, o.album_id
