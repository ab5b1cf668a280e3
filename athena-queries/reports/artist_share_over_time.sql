-- Question: how much of a playlist is by its main artists, day by day?
-- Grain: one row per playlist, artist and published day on which the artist has a song there. The
--   artists are those with the most items over the days shown, down to rank top_n in each playlist,
--   ties share a rank. A song by two artists counts for both. STALE days are left out.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name on that day
--   rank: rank of the artist in the playlist over all days shown
--   artist_id: Spotify id
--   artist_name: name on that day
--   ingest_date: the day
--   items: songs by the artist, copies included
--   item_share: these as a percentage of the items that are songs
-- Parameters:
--   playlist_id: Spotify id of the playlist, NULL: all
--   top_n: number of artists shown per playlist
--   days: number of newest published days shown
--   as_of: shows the newest published day up to this one, NULL: the newest day
WITH parameter AS (
  SELECT
    CAST(NULL AS varchar) AS playlist_id,
    CAST(5 AS integer) AS top_n,
    CAST(30 AS integer) AS days,
    CAST(NULL AS varchar) AS as_of
),
shown_day AS (
  SELECT max(r.ingest_date) AS ingest_date
  FROM published_run AS r
  CROSS JOIN parameter AS p
  WHERE p.as_of IS NULL OR r.ingest_date <= p.as_of
),
numbered_day AS (
  SELECT r.ingest_date, row_number() OVER (ORDER BY r.ingest_date DESC) AS day_number
  FROM published_run AS r
  WHERE r.ingest_date <= (SELECT ingest_date FROM shown_day)
),
since AS (
  SELECT min(d.ingest_date) AS ingest_date
  FROM numbered_day AS d
  CROSS JOIN parameter AS p
  WHERE d.day_number <= p.days
),
shown_playlist AS (
  SELECT l.playlist_id, l.ingest_date, l.name
  FROM playlist AS l
  CROSS JOIN parameter AS p
  WHERE l.ingest_date >= (SELECT ingest_date FROM since)
    AND l.ingest_date <= (SELECT ingest_date FROM shown_day)
    AND l.read_status IS DISTINCT FROM 'STALE'
    AND (p.playlist_id IS NULL OR l.playlist_id = p.playlist_id)
),
item AS (
  SELECT i.playlist_id, i.ingest_date, i.track_id
  FROM playlist_item AS i
  JOIN shown_playlist AS l ON l.playlist_id = i.playlist_id AND l.ingest_date = i.ingest_date
  WHERE i.ingest_date >= (SELECT ingest_date FROM since)
    AND i.ingest_date <= (SELECT ingest_date FROM shown_day)
    AND i.track_id IS NOT NULL
),
total AS (
  SELECT playlist_id, ingest_date, count(*) AS items
  FROM item
  GROUP BY playlist_id, ingest_date
),
credit AS (
  SELECT a.track_id, a.ingest_date, a.artist_id, max(a.name) AS name
  FROM song_artist AS a
  WHERE a.ingest_date >= (SELECT ingest_date FROM since)
    AND a.ingest_date <= (SELECT ingest_date FROM shown_day)
    AND a.artist_id IS NOT NULL
  GROUP BY a.track_id, a.ingest_date, a.artist_id
),
contribution AS (
  SELECT
    i.playlist_id,
    i.ingest_date,
    c.artist_id,
    max(c.name) AS name,
    count(*) AS items
  FROM item AS i
  JOIN credit AS c ON c.track_id = i.track_id AND c.ingest_date = i.ingest_date
  GROUP BY i.playlist_id, i.ingest_date, c.artist_id
),
ranked AS (
  SELECT
    playlist_id,
    artist_id,
    rank() OVER (PARTITION BY playlist_id ORDER BY sum(items) DESC) AS rank
  FROM contribution
  GROUP BY playlist_id, artist_id
)
SELECT
  c.playlist_id,
  l.name AS playlist_name,
  r.rank,
  c.artist_id,
  c.name AS artist_name,
  c.ingest_date,
  c.items,
  round(CAST(c.items AS double) * 100 / t.items, 1) AS item_share
FROM contribution AS c
JOIN ranked AS r ON r.playlist_id = c.playlist_id AND r.artist_id = c.artist_id
JOIN total AS t ON t.playlist_id = c.playlist_id AND t.ingest_date = c.ingest_date
CROSS JOIN parameter AS p
JOIN shown_playlist AS l ON l.playlist_id = c.playlist_id AND l.ingest_date = c.ingest_date
WHERE r.rank <= p.top_n
ORDER BY playlist_name, c.playlist_id, c.ingest_date, r.rank, c.artist_id
