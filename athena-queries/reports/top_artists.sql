-- Question: which artists contribute most to the day's playlists?
-- Grain: one row per artist, down to rank top_n, ties share a rank. A song by two artists counts for
--   both, so the shares of all artists add up to more than 100. Artists without an id and items that are not songs (episodes,
--   local files, chapters, unavailable items) are left out.
-- Columns:
--   rank: 1 for the artist with the most items
--   artist_id: Spotify id
--   artist_name: name
--   items: playlist items that are songs by the artist, a song listed twice counts twice
--   item_share: these as a percentage of all items that are songs
--   songs: distinct songs by the artist
--   song_share: these as a percentage of all distinct songs
--   playlists: playlists with a song by the artist
-- Parameters:
--   top_n: the last rank shown
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(5 AS integer) AS top_n,
    CAST(NULL AS varchar) AS as_of,
    CAST(NULL AS varchar) AS playlist_id
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date, max_by(r.run_id, r.ingest_date) AS run_id
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
shown_artist AS (
  SELECT r.artist_id, r.name
  FROM stored_artist AS r
  JOIN shown_day AS d ON d.ingest_date = r.ingest_date AND d.run_id = r.run_id
),
item AS (
  SELECT i.playlist_id, i.position, i.track_id
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
credit AS (
  SELECT DISTINCT s.track_id, element_at(s.artists, n.place).artist_id AS artist_id
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  WHERE element_at(s.artists, n.place).artist_id IS NOT NULL
),
total AS (
  SELECT count(*) AS items, count(DISTINCT track_id) AS songs
  FROM item
),
contribution AS (
  SELECT
    c.artist_id,
    count(*) AS items,
    count(DISTINCT i.track_id) AS songs,
    count(DISTINCT i.playlist_id) AS playlists
  FROM item AS i
  JOIN credit AS c ON i.track_id = c.track_id
  GROUP BY c.artist_id
),
ranked AS (
  SELECT
    rank() OVER (ORDER BY items DESC) AS rank,
    artist_id,
    items,
    songs,
    playlists
  FROM contribution
)
SELECT
  c.rank,
  c.artist_id,
  r.name AS artist_name,
  c.items,
  round(CAST(c.items AS double) * 100 / t.items, 1) AS item_share,
  c.songs,
  round(CAST(c.songs AS double) * 100 / t.songs, 1) AS song_share,
  c.playlists
FROM ranked AS c
CROSS JOIN total AS t
CROSS JOIN parameter AS p
LEFT JOIN shown_artist AS r ON r.artist_id = c.artist_id
WHERE c.rank <= p.top_n
ORDER BY c.rank, c.songs DESC, c.artist_id
