package dev.playlistlake.glue;

import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * A small lake with a history, written by hand: thirteen days in four calendar weeks, with days
 * missing between them. Songs leave and come back, stand twice, move, and stand in several
 * playlists; a playlist is carried, one is gone midway, one shows no items, one is incomplete.
 */
final class HistoryLake {
  /**
   * The newest day, a Monday: as near as it can be, since each day since the first is projected.
   */
  static final LocalDate LAST_DAY =
      LocalDate.now(ZoneOffset.UTC)
          .minusDays(1)
          .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));

  static final LocalDate FIRST_DAY = LAST_DAY.minusDays(16);

  /**
   * What each playlist is on each day: its read_status and a letter an item, in order. A small
   * letter is a song, E an episode, L a local file, - an unavailable item. Nothing: the lake has no
   * row.
   */
  private static final String PLAN =
      """
      CREATE TABLE plan AS FROM (VALUES
        (1, 16, 'READ abcde', 'READ aEh-L', 'INCOMPLETE gh', 'METADATA_ONLY', 'READ klm', NULL),
        (2, 15, 'UNCHANGED abcde', 'READ aEh-L', 'INCOMPLETE ghi', 'METADATA_ONLY', 'READ kl', NULL),
        (3, 13, 'READ bacde', 'READ Eah-', 'READ ghij', 'METADATA_ONLY', 'READ kln', NULL),
        (4, 12, 'READ bcdea', 'STALE Eah-', 'READ ghij', 'METADATA_ONLY', 'READ lkn', NULL),
        (5, 11, 'READ bcdaa', 'STALE Eah-', 'READ jghi', 'METADATA_ONLY', 'READ lkn', NULL),
        (6, 10, 'READ bcda', 'READ aEhb-', 'READ jghi', 'METADATA_ONLY', 'READ lk', NULL),
        (7, 9, 'STALE bcda', 'READ aEhb-', 'READ jgi', 'METADATA_ONLY', NULL, NULL),
        (8, 8, 'READ cbdf', 'READ aEbh', 'READ jgi', 'METADATA_ONLY', NULL, NULL),
        (9, 7, 'READ cbdfe', 'READ aEbh', 'READ jgih', 'METADATA_ONLY', NULL, NULL),
        (10, 6, 'READ acbdf', 'READ Ebh', 'READ hjgi', 'METADATA_ONLY', NULL, 'READ ca'),
        (11, 3, 'READ acbdg', 'READ Ebha', 'READ hjgi', 'METADATA_ONLY', NULL, 'READ ca'),
        (12, 1, 'UNCHANGED acbdg', 'READ Ebha', 'READ hjgia', 'METADATA_ONLY', NULL, 'READ '),
        (13, 0, 'READ cabdgge', 'READ bEhaL-', 'STALE hjgia', 'METADATA_ONLY', NULL, 'READ ac')
      ) AS t(number, days_ago, p1, p2, p3, p4, p5, p6)""";

  private static final String[] ROWS = {
    """
    CREATE TABLE day AS
    SELECT number, strftime(d, '%Y-%m-%d') AS ingest_date,
      strftime(d, '%Y%m%d') || 'T060000Z-0001' AS run_id, timezone('UTC', CAST(d AS timestamp)) AS moment
    FROM (SELECT number, last_day - CAST(days_ago AS integer) AS d FROM plan, last_day)""",
    """
    CREATE TABLE state AS
    SELECT playlist_id, number, split_part(state, ' ', 1) AS read_status,
      split_part(state, ' ', 2) AS items, split_part(state, ' ', 1) IN ('READ', 'UNCHANGED', 'STALE')
        AS is_complete, ingest_date, run_id, moment
    FROM (UNPIVOT plan ON p1, p2, p3, p4, p5, p6 INTO NAME playlist_id VALUE state) JOIN day USING (number)""",
    // One has no name; one is renamed.
    """
    INSERT INTO playlist BY NAME
    SELECT playlist_id,
      CASE playlist_id WHEN 'p1' THEN if(number < 6, 'Morning', 'Morning & more') WHEN 'p3' THEN NULL
        ELSE 'List ' || playlist_id END AS name,
      if(playlist_id = 'p2', NULL, 'About') AS description, 'owner' AS owner_id,
      if(playlist_id = 'p4', NULL, 100 + 7 * number) AS followers, 'snap-' || items AS snapshot_id,
      length(items) AS item_count,
      CASE read_status WHEN 'INCOMPLETE' THEN 9 WHEN 'METADATA_ONLY' THEN 40 ELSE length(items) END
        AS total_count,
      read_status, moment AS fetched_at,
      max(CASE WHEN read_status = 'READ' THEN moment END)
        OVER (PARTITION BY playlist_id ORDER BY number) AS items_read_at,
      run_id, ingest_date
    FROM state""",
    // Equal popularity, a shared recording, unknown names, artists without id, without any,
    // unknown.
    """
    CREATE TABLE track AS
    SELECT item, name, duration_ms, is_explicit, popularity, isrc, album_id,
      CAST(artists AS STRUCT(artist_id VARCHAR, name VARCHAR)[]) AS artists
    FROM (VALUES
      ('a', 'Alpha', 180000, false, 80, 'US-AAA-01-00001', 'b1', '[{artist_id: a1, name: Ann}]'),
      ('b', 'Beta', 181000, true, 70, 'GBBBB0200002', 'b1', '[{artist_id: a1, name: Ann}, {artist_id: a2, name: Bob}]'),
      ('c', 'Alpha', 180500, false, 70, 'usaaa0100001', 'b2', '[{artist_id: a1, name: Ann}, {artist_id: NULL, name: Guest}]'),
      ('d', 'Delta', NULL, NULL, 50, NULL, 'b2', '[]'),
      ('e', 'Epsilon', 60000, true, NULL, NULL, 'b3', NULL),
      ('f', 'Zeta', 240000, false, 70, 'FRCCC0300003', 'b3', '[{artist_id: a3, name: Cy}]'),
      ('g', 'Eta', 200000, false, 40, NULL, 'b4', '[{artist_id: a2, name: Bob}, {artist_id: a3, name: Cy}]'),
      ('h', NULL, 200000, false, 40, NULL, 'b4', '[{artist_id: a4, name: NULL}]'),
      ('i', 'Iota', 200000, true, 0, NULL, NULL, '[{artist_id: a4, name: NULL}]'),
      ('j', 'Jota', 210000, false, 100, NULL, 'b5', '[{artist_id: a3, name: Cy}]'),
      ('k', 'Kappa', 190000, false, 30, NULL, 'b5', '[{artist_id: a2, name: Bob}]'),
      ('l', 'Lambda', 190000, false, 30, NULL, 'b1', '[{artist_id: a1, name: Ann}]'),
      ('m', 'My', 190000, false, 20, NULL, 'b2', '[{artist_id: a2, name: Bob}]'),
      ('n', 'Ny', 190000, true, 20, NULL, 'b3', '[{artist_id: a3, name: Cy}]')
    ) AS t(item, name, duration_ms, is_explicit, popularity, isrc, album_id, artists)""",
    """
    CREATE TABLE slot AS
    SELECT s.*, position, substr(items, CAST(position AS integer) + 1, 1) AS item
    FROM (SELECT *, unnest(range(length(items))) AS position FROM state) AS s""",
    """
    INSERT INTO playlist_item BY NAME
    SELECT playlist_id, position,
      CASE item WHEN 'E' THEN 'episode' WHEN 'L' THEN 'local' WHEN '-' THEN 'unavailable' ELSE 'track' END
        AS item_type,
      if(t.item IS NULL, NULL, 't' || item) AS track_id,
      CASE item WHEN 'E' THEN 'spotify:episode:e' WHEN 'L' THEN 'spotify:local:::Demo:90' WHEN '-' THEN NULL
        ELSE 'spotify:track:t' || item END AS item_uri,
      CASE item WHEN 'E' THEN 'Talk' WHEN 'L' THEN 'Demo' ELSE t.name END AS item_name,
      if(position = 1, NULL, moment - to_days(CAST(position AS integer))) AS added_at,
      if(position = 2, NULL, 'somebody') AS added_by, run_id, ingest_date
    FROM slot LEFT JOIN track AS t USING (item)""",
    """
    INSERT INTO song BY NAME
    SELECT 't' || item AS track_id, name, duration_ms, is_explicit, 1 AS disc_number,
      if(item IN ('d', 'g'), popularity + number, popularity) AS popularity, isrc, album_id, artists,
      moment AS fetched_at, run_id, ingest_date
    FROM (SELECT DISTINCT item, number, moment, run_id, ingest_date FROM slot) JOIN track USING (item)""",
    // Older rows lack what the view song fills in.
    """
    UPDATE song SET
      artist_names = nullif(array_to_string(list_transform(artists, lambda a: a.name), ', '), ''),
      main_artist_id = artists[1].artist_id
    WHERE ingest_date >= (SELECT min(ingest_date) FROM day WHERE number = 7)""",
    // Labels that differ by their spelling only, and one that is unknown.
    """
    INSERT INTO album BY NAME
    SELECT b.*, [{'artist_id': 'a1', 'name': 'Ann'}] AS artists, day.moment AS fetched_at,
      day.moment AS detailed_at, day.run_id, ingest_date
    FROM (SELECT DISTINCT album_id, ingest_date FROM song WHERE album_id IS NOT NULL)
    JOIN day USING (ingest_date)
    JOIN (VALUES
      ('b1', 'First', '2020-02-29', 'day', 2020, DATE '2020-02-29', 10, 'Label One', 60),
      ('b2', 'Second', '1999', 'year', 1999, NULL, 12, 'label one', 60),
      ('b3', 'Third', '2005-07', 'month', 2005, NULL, NULL, 'Other', NULL),
      ('b4', NULL, '0000', 'year', NULL, NULL, 1, NULL, 10),
      ('b5', 'Fifth', '2020-12-31', 'day', 2020, DATE '2020-12-31', 8, 'Other', 90)
    ) AS b(album_id, name, release_date, release_date_precision, release_year, released_on,
      total_tracks, label, popularity) USING (album_id)""",
    """
    INSERT INTO artist BY NAME
    SELECT a.*, day.moment AS fetched_at, day.moment AS detailed_at, day.run_id, ingest_date
    FROM (
      SELECT DISTINCT artist.artist_id, ingest_date
      FROM (SELECT unnest(artists) AS artist, ingest_date FROM song UNION ALL
        SELECT unnest(artists) AS artist, ingest_date FROM album)
      WHERE artist.artist_id IS NOT NULL)
    JOIN day USING (ingest_date)
    JOIN (VALUES
      ('a1', 'Ann', ['rock', 'pop'], 70, 1000), ('a2', 'Bob', CAST([] AS varchar[]), 70, 2000),
      ('a3', 'Cy', NULL, NULL, NULL), ('a4', NULL, ['pop'], 5, 0)
    ) AS a(artist_id, name, genres, popularity, followers) USING (artist_id)""",
    // An item is its uri and which copy of it this is.
    """
    CREATE TABLE copy AS
    SELECT i.*, number, row_number() OVER (PARTITION BY playlist_id, number, item_uri ORDER BY position) AS copy
    FROM playlist_item AS i JOIN state USING (playlist_id, ingest_date)
    WHERE item_uri IS NOT NULL AND is_complete""",
    """
    CREATE TABLE pair AS
    SELECT a.playlist_id, a.number, a.ingest_date, b.ingest_date AS previous_ingest_date, a.run_id
    FROM state AS a JOIN state AS b ON b.playlist_id = a.playlist_id AND b.number = a.number - 1
    WHERE a.is_complete AND b.is_complete""",
    """
    CREATE TABLE place AS
    SELECT p.*, item_uri, copy, max(if(c.number < p.number, position, NULL)) AS position_before,
      max(if(c.number = p.number, position, NULL)) AS position_after, any_value(track_id) AS track_id,
      any_value(item_name) AS item_name
    FROM pair AS p
    JOIN copy AS c ON c.playlist_id = p.playlist_id AND c.number IN (p.number, p.number - 1)
    GROUP BY ALL""",
    """
    CREATE TABLE event AS
    SELECT 1 AS type_order, 'FIRST_SEEN' AS event_type, playlist_id, ingest_date, l.run_id,
      name AS value_after
    FROM playlist AS l JOIN state AS s USING (playlist_id, ingest_date)
    WHERE s.is_complete AND NOT EXISTS (
      FROM state AS b WHERE b.playlist_id = s.playlist_id AND b.number = s.number - 1)
    UNION ALL BY NAME
    SELECT 2 AS type_order, 'GONE' AS event_type, playlist_id, d.ingest_date, d.run_id,
      name AS value_before, l.ingest_date AS previous_ingest_date
    FROM playlist AS l JOIN state AS s USING (playlist_id, ingest_date) JOIN day AS d ON d.number = s.number + 1
    WHERE NOT EXISTS (FROM state AS b WHERE b.playlist_id = s.playlist_id AND b.number = d.number)
    UNION ALL BY NAME
    SELECT 3 AS type_order, 'RENAMED' AS event_type, playlist_id, p.ingest_date, p.run_id,
      b.name AS value_before, a.name AS value_after, previous_ingest_date
    FROM pair AS p JOIN playlist AS a USING (playlist_id, ingest_date)
    JOIN playlist AS b ON b.playlist_id = p.playlist_id AND b.ingest_date = previous_ingest_date
    WHERE a.name <> b.name
    UNION ALL BY NAME
    SELECT if(position_before IS NULL, 5, 6) AS type_order,
      if(position_before IS NULL, 'ADDED', 'REMOVED') AS event_type, * EXCLUDE (number, copy)
    FROM place WHERE position_before IS NULL OR position_after IS NULL
    UNION ALL BY NAME
    SELECT 7 AS type_order, 'REORDERED' AS event_type, playlist_id, ingest_date, run_id, previous_ingest_date
    FROM (
      SELECT *, row_number() OVER (PARTITION BY playlist_id, number ORDER BY position_before) AS rank_before,
        row_number() OVER (PARTITION BY playlist_id, number ORDER BY position_after) AS rank_after
      FROM place WHERE position_before IS NOT NULL AND position_after IS NOT NULL)
    GROUP BY playlist_id, ingest_date, run_id, previous_ingest_date
    HAVING bool_or(rank_before <> rank_after)""",
    """
    INSERT INTO playlist_event BY NAME
    SELECT * EXCLUDE (type_order), row_number() OVER (PARTITION BY playlist_id, ingest_date
      ORDER BY type_order, position_before NULLS FIRST, position_after NULLS FIRST) - 1 AS event_seq
    FROM event""",
    """
    INSERT INTO rejected BY NAME
    SELECT 'PLAYLISTS' AS stage, 'playlist' AS subject_type, playlist_id, playlist_id AS subject_id,
      CASE read_status WHEN 'METADATA_ONLY' THEN 'NOT_READABLE_BY_THIS_APP' ELSE 'TIMEOUT' END AS reason,
      'not read: ' || playlist_id AS message, run_id, ingest_date
    FROM state WHERE read_status NOT IN ('READ', 'UNCHANGED')
    UNION ALL BY NAME
    SELECT 'PLAYLISTS' AS stage, 'playlist' AS subject_type, playlist_id, playlist_id AS subject_id,
      'NOT_FOUND' AS reason, run_id, ingest_date
    FROM event WHERE event_type = 'GONE'
    UNION ALL BY NAME
    SELECT 'PARSE' AS stage, 'item' AS subject_type, playlist_id, position, 'ITEM_UNREADABLE' AS reason,
      'no object' AS message, run_id, ingest_date
    FROM playlist_item WHERE item_type = 'unavailable'""",
    """
    INSERT INTO run BY NAME
    SELECT run_id, 'PUBLISHED' AS status, moment AS started_at, moment + INTERVAL 90 SECOND AS finished_at,
      'DirectRunner' AS runner, '1' AS version, 1 AS schema_version, 20 + number AS requests,
      6 AS playlists_listed, if(number = 13, 'QUOTA_EXCEEDED', NULL) AS stopped_by,
      if(number = 13, moment + INTERVAL 1 DAY, NULL) AS resume_at, ingest_date
    FROM day
    UNION ALL BY NAME
    SELECT replace(run_id, 'T06', 'T07') AS run_id, 'AUDIT_FAILED' AS status, moment AS started_at, ingest_date
    FROM day WHERE number = 5"""
  };

  private HistoryLake() {}

  /** Writes it into a folder. */
  static void write(Path lake) throws SQLException, IOException {
    try (TablesAsLake tables = new TablesAsLake()) {
      tables.execute("CREATE TABLE last_day AS SELECT DATE '%s' AS last_day".formatted(LAST_DAY));
      tables.execute(PLAN);
      for (String rows : ROWS) {
        tables.execute(rows);
      }
      tables.write(lake);
    }
  }
}
