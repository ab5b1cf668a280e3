package dev.playlistlake.queries.sql;

import dev.playlistlake.testing.RealData;
import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;

/**
 * A lake of real playlists as they were on many days in a row, written straight into files: for
 * questions about history that no run of the program could fill in time.
 *
 * <p>Ids, names, artists, albums, lengths and positions are the archive's. What it lacks is made
 * from hashes of the ids: popularity, release dates, labels, genres, ISRCs, explicit marks; the
 * time of adding is that of the first state with the song. The days of the first half lack {@code
 * song.artist_names} and {@code song.main_artist_id}, as the rows of older files do. Some playlists
 * are STALE, INCOMPLETE or METADATA_ONLY on some days, some miss days altogether, one leaves the
 * list midway; some hold their first song twice, and some songs name an artist twice.
 */
final class ArchiveLake {
  /** Many of the playlists have states from here on. */
  static final LocalDate FIRST_DAY = LocalDate.parse("2020-10-01");

  private ArchiveLake() {}

  /**
   * Writes a lake; skips the test where the archive is absent.
   *
   * @param days published days, from {@link #FIRST_DAY} on
   * @param playlists how many of the archive's playlists, those with most states first
   */
  static Path write(Path lake, int days, int playlists) throws SQLException, IOException {
    Path states = RealData.path("playlist-archive/states.jsonl.gz");
    Path tracks = RealData.path("playlist-archive/tracks.jsonl.gz");
    try (TablesAsLake tables = new TablesAsLake()) {
      for (String sql : rows(states, tracks, days, playlists).split(";\n", -1)) {
        tables.execute(sql);
      }
      tables.write(lake);
    }
    return lake;
  }

  private static String rows(Path states, Path tracks, int days, int playlists) {
    return """
    CREATE TABLE day AS
    SELECT
      CAST(d AS DATE) AS day,
      strftime(d, '%%Y-%%m-%%d') AS ingest_date,
      strftime(d, '%%Y%%m%%d') || 'T060000Z-' || right(md5(strftime(d, '%%Y%%m%%d')), 4) AS run_id,
      lag(strftime(d, '%%Y-%%m-%%d')) OVER (ORDER BY d) AS previous
    FROM generate_series(DATE '%3$s', DATE '%3$s' + INTERVAL (%4$d - 1) DAY, INTERVAL 1 DAY) AS t(d);

    CREATE TABLE state AS
    SELECT playlist_id, name, description, snapshot_at, commit AS snapshot_id, track_ids
    FROM read_json('%1$s', format = 'newline_delimited', maximum_object_size = 100000000);

    CREATE TABLE track AS
    SELECT * FROM read_json('%2$s', format = 'newline_delimited');

    CREATE TABLE chosen AS
    SELECT playlist_id, row_number() OVER (ORDER BY count(*) DESC, playlist_id) AS place
    FROM state
    WHERE snapshot_at < DATE '%3$s'
    GROUP BY playlist_id
    ORDER BY place
    LIMIT %5$d;

    CREATE TABLE seen AS
    SELECT d.ingest_date, d.run_id, d.previous, s.* REPLACE (
        CASE WHEN c.place %% 4 = 1 THEN s.track_ids[1:2] || s.track_ids[1:1] || s.track_ids[3:] ELSE s.track_ids END
          AS track_ids),
      hash(s.playlist_id || d.ingest_date) %% 100 AS dice
    FROM day AS d
    CROSS JOIN chosen AS c
    ASOF JOIN state AS s
      ON s.playlist_id = c.playlist_id AND s.snapshot_at < CAST(d.day + 1 AS TIMESTAMPTZ)
    WHERE c.place <> 3 OR d.day < DATE '%3$s' + CAST(%4$d / 2 AS INTEGER);

    CREATE TABLE added AS
    SELECT playlist_id, track_id, min(snapshot_at) AS added_at
    FROM (SELECT playlist_id, snapshot_at, unnest(track_ids) AS track_id FROM state
      WHERE playlist_id IN (SELECT playlist_id FROM chosen))
    GROUP BY playlist_id, track_id;

    INSERT INTO playlist_item BY NAME
    WITH slot AS (
      SELECT s.ingest_date, s.run_id, s.playlist_id, s.dice,
        unnest(s.track_ids) AS track_id, generate_subscripts(s.track_ids, 1) - 1 AS position
      FROM seen AS s WHERE s.dice NOT IN (95, 98)
    )
    SELECT
      s.playlist_id, CAST(s.position AS INTEGER) AS position,
      CASE WHEN s.track_id IS NULL THEN 'unavailable' ELSE 'track' END AS item_type,
      s.track_id, 'spotify:track:' || s.track_id AS item_uri, t.name AS item_name,
      a.added_at, s.run_id, s.ingest_date
    FROM slot AS s
    LEFT JOIN track AS t USING (track_id)
    LEFT JOIN added AS a ON a.playlist_id = s.playlist_id AND a.track_id = s.track_id
    WHERE s.dice <> 97 OR s.position < 3
    ORDER BY s.ingest_date, s.playlist_id, s.position;

    INSERT INTO playlist BY NAME
    SELECT
      s.playlist_id, s.name, s.description, 'owner' AS owner_id, 'Owner' AS owner_name,
      true AS is_public, false AS is_collaborative,
      CAST(hash(s.playlist_id) %% 10000 + datediff('day', DATE '2020-01-01', CAST(s.ingest_date AS DATE)) AS INTEGER) AS followers,
      s.snapshot_id,
      CAST(coalesce(n.items, 0) AS INTEGER) AS item_count, CAST(len(s.track_ids) AS INTEGER) AS total_count,
      'https://open.spotify.com/playlist/' || s.playlist_id AS url,
      CASE s.dice
        WHEN 97 THEN 'INCOMPLETE' WHEN 96 THEN 'STALE' WHEN 95 THEN 'METADATA_ONLY' ELSE 'READ'
      END AS read_status,
      CAST(s.ingest_date || ' 06:00:01.5+00' AS TIMESTAMPTZ) AS fetched_at,
      CASE s.dice
        WHEN 97 THEN NULL
        WHEN 95 THEN NULL
        WHEN 96 THEN CAST(s.ingest_date || ' 06:00:02+00' AS TIMESTAMPTZ) - INTERVAL 2 DAY
        ELSE CAST(s.ingest_date || ' 06:00:02+00' AS TIMESTAMPTZ)
      END AS items_read_at,
      s.run_id, s.ingest_date
    FROM seen AS s
    LEFT JOIN (SELECT playlist_id, ingest_date, count(*) AS items FROM playlist_item GROUP BY ALL) AS n
      ON n.playlist_id = s.playlist_id AND n.ingest_date = s.ingest_date
    WHERE s.dice <> 98;

    INSERT INTO song BY NAME
    SELECT
      i.track_id, t.name, CAST(t.duration_s * 1000 + hash(i.track_id) %% 1000 AS INTEGER) AS duration_ms,
      hash(i.track_id) %% 7 = 0 AS is_explicit, 1 AS disc_number,
      CAST(hash(i.track_id) %% 12 + 1 AS INTEGER) AS track_number,
      CAST((hash('p' || i.track_id) %% 101 + day(CAST(i.ingest_date AS DATE)) * (hash(i.track_id) %% 3)) %% 101 AS INTEGER) AS popularity,
      CASE WHEN hash('i' || i.track_id) %% 10 > 0
        THEN 'QZ' || upper(left(md5(left(t.name, 6)), 3)) || lpad(CAST(hash(left(t.name, 6)) %% 1000 AS VARCHAR), 7, '2') END AS isrc,
      t.album.id AS album_id,
      list_transform(
        CASE WHEN hash(i.track_id) %% 50 = 0 THEN list_append(t.artists, t.artists[1]) ELSE t.artists END,
        lambda a: {'artist_id': a.id, 'name': a.name}) AS artists,
      'https://open.spotify.com/track/' || i.track_id AS url,
      CAST(i.ingest_date || ' 06:00:01.5+00' AS TIMESTAMPTZ) AS fetched_at, i.run_id, i.ingest_date
    FROM (SELECT DISTINCT track_id, run_id, ingest_date FROM playlist_item WHERE track_id IS NOT NULL) AS i
    LEFT JOIN track AS t USING (track_id)
    ORDER BY i.ingest_date, i.track_id;

    UPDATE song SET artist_names = array_to_string(list_transform(artists, lambda a: a.name), ', '),
      main_artist_id = artists[1].artist_id
    WHERE CAST(ingest_date AS DATE) >= DATE '%3$s' + CAST(%4$d / 2 AS INTEGER);

    INSERT INTO album BY NAME
    WITH named AS (
      SELECT s.album_id, s.run_id, s.ingest_date, any_value(t.album.name ORDER BY t.track_id) AS name,
        any_value(s.artists ORDER BY t.track_id) AS artists,
        DATE '1990-01-01' + CAST(hash(s.album_id) %% 11000 AS INTEGER) AS released, hash(s.album_id) %% 10 AS dice
      FROM song AS s JOIN track AS t USING (track_id)
      WHERE s.album_id IS NOT NULL GROUP BY s.album_id, s.run_id, s.ingest_date
    )
    SELECT album_id, name, 'album' AS album_type,
      CASE dice WHEN 0 THEN strftime(released, '%%Y') WHEN 1 THEN strftime(released, '%%Y-%%m')
        ELSE strftime(released, '%%Y-%%m-%%d') END AS release_date,
      CASE dice WHEN 0 THEN 'year' WHEN 1 THEN 'month' ELSE 'day' END AS release_date_precision,
      CAST(year(released) AS INTEGER) AS release_year,
      CASE WHEN dice > 1 THEN released END AS released_on,
      CAST(hash(album_id) %% 20 + 1 AS INTEGER) AS total_tracks, artists,
      'https://open.spotify.com/album/' || album_id AS url,
      CAST(ingest_date || ' 06:00:01.5+00' AS TIMESTAMPTZ) AS fetched_at,
      CASE WHEN dice < 9 THEN 'Label ' || CAST(hash('l' || album_id) %% 40 AS VARCHAR) END AS label,
      CAST(hash('p' || album_id) %% 101 AS INTEGER) AS popularity,
      CAST(ingest_date || ' 06:00:03+00' AS TIMESTAMPTZ) AS detailed_at, run_id, ingest_date
    FROM named ORDER BY ingest_date, album_id;

    INSERT INTO artist BY NAME
    SELECT a.artist_id, any_value(a.name ORDER BY a.name) AS name,
      'https://open.spotify.com/artist/' || a.artist_id AS url,
      CAST(a.ingest_date || ' 06:00:01.5+00' AS TIMESTAMPTZ) AS fetched_at,
      CASE hash(a.artist_id) %% 4 WHEN 0 THEN [] WHEN 1 THEN ['rock', 'jazz'] WHEN 2 THEN ['pop'] END AS genres,
      CAST(hash('p' || a.artist_id) %% 101 AS INTEGER) AS popularity,
      CAST(hash('f' || a.artist_id) %% 100000 AS INTEGER) AS followers,
      CAST(a.ingest_date || ' 06:00:03+00' AS TIMESTAMPTZ) AS detailed_at, a.run_id, a.ingest_date
    FROM (SELECT unnest(artists, recursive := true), run_id, ingest_date FROM song) AS a
    WHERE a.artist_id IS NOT NULL
    GROUP BY a.artist_id, a.run_id, a.ingest_date
    ORDER BY a.ingest_date, a.artist_id;

    INSERT INTO playlist_event BY NAME
    WITH copy AS (
      SELECT i.*, row_number() OVER (PARTITION BY i.ingest_date, i.playlist_id, i.item_uri ORDER BY i.position) AS k
      FROM playlist_item AS i
      JOIN playlist AS l USING (playlist_id, ingest_date)
      WHERE l.read_status IN ('READ', 'STALE') AND i.item_uri IS NOT NULL
    ),
    both_days AS (
      SELECT l.playlist_id, l.ingest_date, l.run_id, d.previous
      FROM playlist AS l JOIN day AS d USING (ingest_date)
      JOIN playlist AS b ON b.playlist_id = l.playlist_id AND b.ingest_date = d.previous
      WHERE l.read_status IN ('READ', 'STALE') AND b.read_status IN ('READ', 'STALE')
    ),
    change AS (
      SELECT l.playlist_id, 'ADDED' AS event_type, c.track_id, c.item_uri, c.item_name,
        CAST(NULL AS INTEGER) AS position_before, c.position AS position_after, l.previous, l.run_id, l.ingest_date
      FROM both_days AS l JOIN copy AS c USING (playlist_id, ingest_date)
      WHERE NOT EXISTS (SELECT 1 FROM copy AS b WHERE b.playlist_id = l.playlist_id
        AND b.ingest_date = l.previous AND b.item_uri = c.item_uri AND b.k = c.k)
      UNION ALL
      SELECT l.playlist_id, 'REMOVED', c.track_id, c.item_uri, c.item_name, c.position, NULL, l.previous, l.run_id, l.ingest_date
      FROM both_days AS l JOIN copy AS c ON c.playlist_id = l.playlist_id AND c.ingest_date = l.previous
      WHERE NOT EXISTS (SELECT 1 FROM copy AS b WHERE b.playlist_id = l.playlist_id
        AND b.ingest_date = l.ingest_date AND b.item_uri = c.item_uri AND b.k = c.k)
    )
    SELECT playlist_id,
      CAST(row_number() OVER (PARTITION BY playlist_id, ingest_date ORDER BY event_type, position_before, position_after) - 1 AS INTEGER) AS event_seq,
      event_type, track_id, item_uri, item_name, position_before, position_after,
      previous AS previous_ingest_date, run_id, ingest_date
    FROM change ORDER BY ingest_date, playlist_id, event_seq;

    INSERT INTO rejected BY NAME
    SELECT 'PLAYLISTS' AS stage, 'playlist' AS subject_type, playlist_id, playlist_id AS subject_id,
      CASE dice WHEN 98 THEN 'SERVER_ERROR' ELSE 'TIMEOUT' END AS reason,
      'no answer of ' || playlist_id AS message, run_id, ingest_date
    FROM seen WHERE dice BETWEEN 95 AND 98;

    INSERT INTO run BY NAME
    SELECT
      CAST(d.ingest_date || ' 06:00:00+00' AS TIMESTAMPTZ) AS started_at,
      CAST(d.ingest_date || ' 06:00:00+00' AS TIMESTAMPTZ) + INTERVAL (60 + hash(d.run_id) %% 90) SECOND AS finished_at,
      'PUBLISHED' AS status, 'DirectRunner' AS runner, '1' AS version, 1 AS schema_version,
      CAST(100 + hash(d.run_id) %% 50 AS BIGINT) AS requests,
      CAST(%5$d AS INTEGER) AS playlists_listed, %5$d AS playlists_read, 0 AS playlists_unchanged,
      0 AS playlists_stale, 0 AS playlists_incomplete, 0 AS playlists_metadata_only, 0 AS playlists_rejected,
      (SELECT count(*) FROM playlist AS x WHERE x.ingest_date = d.ingest_date) AS playlist_rows,
      (SELECT count(*) FROM playlist_item AS x WHERE x.ingest_date = d.ingest_date) AS playlist_item_rows,
      (SELECT count(*) FROM song AS x WHERE x.ingest_date = d.ingest_date) AS song_rows,
      (SELECT count(*) FROM album AS x WHERE x.ingest_date = d.ingest_date) AS album_rows,
      (SELECT count(*) FROM artist AS x WHERE x.ingest_date = d.ingest_date) AS artist_rows,
      (SELECT count(*) FROM playlist_event AS x WHERE x.ingest_date = d.ingest_date) AS playlist_event_rows,
      (SELECT count(*) FROM rejected AS x WHERE x.ingest_date = d.ingest_date) AS rejected_rows,
      CAST([] AS VARCHAR[]) AS missing_capabilities, '{}' AS config, d.run_id, d.ingest_date
    FROM day AS d
    """
        .formatted(states, tracks, FIRST_DAY, days, playlists);
  }
}
