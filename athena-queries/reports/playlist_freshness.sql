-- Question: how new are the songs of a playlist when they are added?
-- Grain: one row per playlist with a song. A song's age is the number of days from its album's release
--   until it was added, negative if it was added earlier. Only songs with a known release day and
--   a known added_at count. A re-release makes an old recording young.
-- Columns:
--   playlist_id: Spotify id
--   playlist_name: name
--   items: items that are songs
--   known_items: those of known age
--   average_age: average age in days
--   median_age: median age in days
--   new_share: percentage of known_items that were at most 28 days old
--   old_share: percentage of known_items that were over 365 days old
--   newest_release: release date of the youngest album
--   last_added_at: when the last song was added
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
  SELECT s.track_id, s.album_id
  FROM stored_song AS s
  JOIN shown_day AS d ON d.ingest_date = s.ingest_date AND d.run_id = s.run_id
),
shown_album AS (
  SELECT b.album_id, b.released_on
  FROM stored_album AS b
  JOIN shown_day AS d ON d.ingest_date = b.ingest_date AND d.run_id = b.run_id
),
shown_playlist AS (
  SELECT l.playlist_id, l.name, l.ingest_date
  FROM stored_playlist AS l
  JOIN shown_day AS d ON d.ingest_date = l.ingest_date AND d.run_id = l.run_id
),
item AS (
  SELECT
    i.playlist_id,
    i.position,
    i.added_at,
    b.released_on,
    date_diff('day', b.released_on, CAST(i.added_at AS date)) AS age
  FROM stored_playlist_item AS i
  JOIN shown_day AS d ON d.ingest_date = i.ingest_date AND d.run_id = i.run_id
  CROSS JOIN parameter AS p
  LEFT JOIN shown_song AS s ON s.track_id = i.track_id
  LEFT JOIN shown_album AS b ON b.album_id = s.album_id
  WHERE i.track_id IS NOT NULL AND (p.playlist_id IS NULL OR i.playlist_id = p.playlist_id)
),
ordered AS (
  SELECT
    playlist_id,
    age,
    row_number() OVER (PARTITION BY playlist_id ORDER BY age, position) AS place,
    count(*) OVER (PARTITION BY playlist_id) AS known_items
  FROM item
  WHERE age IS NOT NULL
),
median AS (
  SELECT playlist_id, avg(CAST(age AS double)) AS age
  FROM ordered
  WHERE 2 * place BETWEEN known_items AND known_items + 2
  GROUP BY playlist_id
)
SELECT
  i.playlist_id,
  l.name AS playlist_name,
  count(*) AS items,
  count(i.age) AS known_items,
  round(avg(CAST(i.age AS double)), 1) AS average_age,
  max(m.age) AS median_age,
  round(CAST(count_if(i.age <= 28) AS double) * 100 / nullif(count(i.age), 0), 1) AS new_share,
  round(CAST(count_if(i.age > 365) AS double) * 100 / nullif(count(i.age), 0), 1) AS old_share,
  max(i.released_on) AS newest_release,
  max(i.added_at) AS last_added_at,
  max(l.ingest_date) AS ingest_date
FROM item AS i
LEFT JOIN median AS m ON m.playlist_id = i.playlist_id
LEFT JOIN shown_playlist AS l ON l.playlist_id = i.playlist_id
GROUP BY i.playlist_id, l.name
ORDER BY median_age NULLS LAST, playlist_name, i.playlist_id
