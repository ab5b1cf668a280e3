-- Question: is an album as popular as its songs in the day's playlists, and are these songs more
--   popular than the playlists' songs overall?
-- Grain: one row per album of such a song. Averages are over distinct songs of known popularity.
-- Columns:
--   rank: 1 for the highest song_popularity, ties share a rank, nulls last
--   album_id: Spotify id
--   album_name: title
--   release_date: as given by Spotify
--   total_tracks: tracks on the album
--   songs: its distinct songs in the playlists
--   album_popularity: Spotify's popularity (0 to 100) of the album
--   song_popularity: average popularity of its songs in the playlists
--   overall_popularity: average popularity of all songs in the playlists
--   album_minus_songs: album_popularity minus song_popularity
--   songs_minus_overall: song_popularity minus overall_popularity
-- Parameters:
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
-- requires: album.popularity, song.popularity
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
held AS (
  SELECT DISTINCT i.track_id
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
shown_song AS (
  SELECT s.album_id, s.popularity
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  JOIN held AS h ON h.track_id = s.track_id
),
shown_album AS (
  SELECT b.album_id, b.name, b.release_date, b.total_tracks, b.popularity
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
overall AS (
  SELECT avg(CAST(popularity AS double)) AS popularity
  FROM shown_song
),
own AS (
  SELECT album_id, count(*) AS songs, avg(CAST(popularity AS double)) AS popularity
  FROM shown_song
  WHERE album_id IS NOT NULL
  GROUP BY album_id
)
SELECT
  rank() OVER (ORDER BY round(o.popularity, 1) DESC NULLS LAST) AS rank,
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
LEFT JOIN shown_album AS b ON b.album_id = o.album_id
ORDER BY rank, album_name, o.album_id
