package dev.playlistlake.glue;

import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;

/** A lake of many invented days. */
final class LongLake {
  /** The newest day. */
  static final LocalDate LAST_DAY = LocalDate.parse("2026-10-31");

  private LongLake() {}

  /**
   * Writes it. Songs move, leave and come from day to day.
   *
   * @param days ending with {@link #LAST_DAY}
   * @param playlists each of 50 items
   * @return the first day
   */
  static String write(Path lake, int days, int playlists) throws SQLException, IOException {
    String first = LAST_DAY.minusDays(days - 1L).toString();
    try (TablesAsLake tables = new TablesAsLake()) {
      tables.execute(
          """
          CREATE TABLE day AS
          SELECT strftime(d, '%%Y-%%m-%%d') AS ingest_date, CAST(epoch(d) AS bigint) // 86400 AS number,
            strftime(d, '%%Y%%m%%d') || 'T060000Z-0001' AS run_id, timezone('UTC', d) AS moment
          FROM generate_series(TIMESTAMP '%s', TIMESTAMP '%s', INTERVAL 1 DAY) AS s(d)"""
              .formatted(first, LAST_DAY));
      tables.execute(
          """
          INSERT INTO playlist BY NAME
          SELECT 'p' || lpad(CAST(p AS varchar), 21, '0') AS playlist_id, 'List ' || p AS name,
            'About ' || p AS description, 'owner' AS owner_id, 100 + p AS followers,
            'snap' || number AS snapshot_id, 50 AS item_count, 50 AS total_count,
            'READ' AS read_status, moment AS fetched_at, moment AS items_read_at, run_id, ingest_date
          FROM day, generate_series(1, %d) AS s(p)"""
              .formatted(playlists));
      // A window over 1,000 songs that moves by one song a day.
      tables.execute(
          """
          INSERT INTO playlist_item BY NAME
          SELECT playlist_id, CAST(position AS integer) AS position, 'track' AS item_type, track_id,
            'spotify:track:' || track_id AS item_uri, 'Song ' || track_id AS item_name,
            moment - to_days(CAST(position AS integer)) AS added_at, 'somebody' AS added_by,
            run_id, ingest_date
          FROM (
            SELECT playlist_id, position, run_id, ingest_date, fetched_at AS moment, 't' || lpad(CAST(
              (hash(playlist_id) % 1000 + date_diff('day', DATE '1970-01-01', CAST(ingest_date AS date))
                + position * 7) % 1000 AS varchar), 21, '0') AS track_id
            FROM playlist, generate_series(0, 49) AS s(position))""");
      tables.execute(
          """
          INSERT INTO song BY NAME
          SELECT track_id, 'Song ' || track_id AS name,
            CAST(120000 + hash(track_id) % 200000 AS integer) AS duration_ms,
            hash(track_id) % 5 = 0 AS is_explicit, 1 AS disc_number, 1 AS track_number,
            CAST(hash(track_id || ingest_date) % 101 AS integer) AS popularity,
            'US' || CAST(hash(track_id) % 900 AS varchar) AS isrc,
            'b' || lpad(CAST(hash(track_id) % 400 AS varchar), 21, '0') AS album_id,
            [{'artist_id': 'a' || lpad(CAST(hash(track_id) % 300 AS varchar), 21, '0'),
              'name': 'Artist ' || CAST(hash(track_id) % 300 AS varchar)}] AS artists,
            'https://example.org/' || track_id AS url, moment AS fetched_at, day.run_id, ingest_date
          FROM (SELECT DISTINCT track_id, ingest_date FROM playlist_item) JOIN day USING (ingest_date)""");
      tables.execute(
          """
          INSERT INTO album BY NAME
          SELECT album_id, 'Album ' || album_id AS name, 'album' AS album_type,
            '2020-01-' || lpad(CAST(1 + hash(album_id) % 28 AS varchar), 2, '0') AS release_date,
            'day' AS release_date_precision, 2020 AS release_year,
            CAST('2020-01-' || lpad(CAST(1 + hash(album_id) % 28 AS varchar), 2, '0') AS date)
              AS released_on, 10 AS total_tracks, artists, 'Label ' || hash(album_id) % 9 AS label,
            CAST(hash(album_id || ingest_date) % 101 AS integer) AS popularity, moment AS fetched_at,
            moment AS detailed_at, day.run_id, ingest_date
          FROM (SELECT album_id, ingest_date, min(artists) AS artists FROM song GROUP BY ALL)
            JOIN day USING (ingest_date)""");
      tables.execute(
          """
          INSERT INTO artist BY NAME
          SELECT artist_id, 'Artist ' || artist_id AS name, moment AS fetched_at,
            ['genre ' || hash(artist_id) % 9] AS genres, CAST(hash(artist_id) % 101 AS integer) AS popularity,
            moment AS detailed_at, day.run_id, ingest_date
          FROM (SELECT DISTINCT artists[1].artist_id AS artist_id, ingest_date FROM song)
            JOIN day USING (ingest_date)""");
      tables.execute(
          """
          INSERT INTO playlist_event BY NAME
          SELECT playlist_id, 0 AS event_seq, 'ADDED' AS event_type, track_id, item_uri, item_name,
            position AS position_after, strftime(CAST(ingest_date AS date) - 1, '%Y-%m-%d') AS previous_ingest_date,
            run_id, ingest_date
          FROM playlist_item WHERE position = 49""");
      tables.execute(
          """
          INSERT INTO rejected BY NAME
          SELECT 'PLAYLISTS' AS stage, 'playlist' AS subject_type, playlist_id, playlist_id AS subject_id,
            'TIMEOUT' AS reason, 'no answer' AS message, run_id, ingest_date
          FROM playlist WHERE hash(playlist_id || ingest_date) % 10 = 0""");
      tables.execute(
          """
          INSERT INTO run BY NAME
          SELECT run_id, 'PUBLISHED' AS status, moment AS started_at, moment + INTERVAL 5 MINUTE AS finished_at,
            'DirectRunner' AS runner, '1' AS version, 1 AS schema_version, 100 AS requests,
            %d AS playlists_listed, ingest_date
          FROM day"""
              .formatted(playlists));
      tables.write(lake);
    }
    return first;
  }
}
