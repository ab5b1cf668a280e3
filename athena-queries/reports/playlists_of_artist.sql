-- Question: which playlists hold songs by this artist, and how many followers do they reach?
-- Grain: one row per playlist with a song by the artist, alone or with others.
-- Columns:
--   artist_id: Spotify id of the artist
--   artist_name: name
--   playlist_id: Spotify id of the playlist
--   playlist_name: its name
--   followers: users who saved the playlist, null if Spotify does not return it
--   reach: followers of all these playlists, a user of two counts twice
--   items: items that are songs by the artist, a song listed twice counts twice
--   item_share: these as a percentage of the playlist's items that are songs
--   songs: distinct songs
--   best_rank: the best rank of these, from 1
--   ingest_date: the day
-- Parameters:
--   artist_id: Spotify id of the artist, NULL: the one with the most items
--   as_of: shows the newest published day up to this one, NULL: the newest day
--   playlist_id: Spotify id of the playlist, NULL: all
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS artist_id,
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
  SELECT l.playlist_id, l.name, l.followers
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
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
total AS (
  SELECT playlist_id, count(*) AS items
  FROM item
  GROUP BY playlist_id
),
credit AS (
  SELECT DISTINCT s.track_id, element_at(s.artists, n.place).artist_id AS artist_id
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
  CROSS JOIN UNNEST(sequence(1, greatest(coalesce(cardinality(s.artists), 0), 1))) AS n(place)
  WHERE element_at(s.artists, n.place).artist_id IS NOT NULL
),
holding AS (
  SELECT
    c.artist_id,
    i.playlist_id,
    count(*) AS items,
    count(DISTINCT i.track_id) AS songs,
    min(i.position) AS position
  FROM item AS i
  JOIN credit AS c ON c.track_id = i.track_id
  GROUP BY c.artist_id, i.playlist_id
),
most AS (
  SELECT artist_id, row_number() OVER (ORDER BY sum(items) DESC, artist_id) AS place
  FROM holding
  GROUP BY artist_id
),
wanted AS (
  SELECT coalesce(p.artist_id, m.artist_id) AS artist_id
  FROM parameter AS p
  LEFT JOIN most AS m ON m.place = 1
)
SELECT
  h.artist_id,
  r.name AS artist_name,
  h.playlist_id,
  l.name AS playlist_name,
  l.followers,
  CAST(sum(l.followers) OVER () AS bigint) AS reach,
  h.items,
  round(CAST(h.items AS double) * 100 / t.items, 1) AS item_share,
  h.songs,
  h.position + 1 AS best_rank,
  d.ingest_date
FROM holding AS h
JOIN wanted AS w ON w.artist_id = h.artist_id
JOIN total AS t ON t.playlist_id = h.playlist_id
CROSS JOIN shown_day AS d
LEFT JOIN shown_playlist AS l ON l.playlist_id = h.playlist_id
LEFT JOIN shown_artist AS r ON r.artist_id = h.artist_id
ORDER BY l.followers DESC NULLS LAST, playlist_name, h.playlist_id
