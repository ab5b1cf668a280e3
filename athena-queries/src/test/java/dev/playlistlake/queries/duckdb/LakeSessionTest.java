package dev.playlistlake.queries.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.queries.sql.BadQueryException;
import dev.playlistlake.queries.sql.Report;
import dev.playlistlake.queries.sql.Report.Described;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.queries.sql.TablesRead;
import dev.playlistlake.queries.sql.TinyLake;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets them
class LakeSessionTest {
  private static final String SONG_HAS =
      "song has: track_id, name, duration_ms, is_explicit, disc_number, track_number, popularity,"
          + " isrc, album_id, artists, url, fetched_at, artist_names, main_artist_id, run_id, ingest_date";

  private Path lake;
  private LakeSession session;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    lake = TinyLake.write(folder.resolve("it's a lake"));
    session = LakeSession.open(lake, unused -> {});
  }

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void valuesOfAllKindsComeThrough() throws Exception {
    assertThat(
        answer(
            AnswerFormat.JSON,
            "SELECT NULL AS a, true AS b, 1::TINYINT AS c, 2::UBIGINT AS d, 3::HUGEINT AS e,"
                + " 1.50::DECIMAL(5,2) AS f, 0.1 AS g, 'x' AS h, DATE '2026-11-20' AS i,"
                + " TIMESTAMP '2026-03-29 02:30:00.123' AS j,"
                + " TIMESTAMPTZ '2026-11-20 01:00:00+01' AS k, TIME '10:00:00' AS l,"
                + " [1, NULL] AS m, [{'id': 'x', 'at': TIMESTAMP '2026-11-20 00:00:00'}] AS n,"
                + " MAP {'k': [DATE '2026-11-20']} AS o, '\\xAB'::BLOB AS p,"
                + " INTERVAL 1 DAY AS q, 'a'::ENUM('a', 'b') AS r"),
        is(
            """
            [
            {"a":null,"b":true,"c":1,"d":2,"e":3,"f":1.50,"g":0.1,"h":"x","i":"2026-11-20",\
            "j":"2026-03-29T02:30:00.123Z","k":"2026-11-20T00:00:00Z","l":"10:00",\
            "m":[1,null],"n":[{"id":"x","at":"2026-11-20T00:00:00Z"}],"o":{"k":["2026-11-20"]},\
            "p":"ab","q":"1 day","r":"a"}
            ]
            """));
  }

  @Test
  void numbersStandRight() throws Exception {
    assertThat(
        answer(
            AnswerFormat.TABLE,
            "SELECT 1::UTINYINT AS tiny, 2::HUGEINT AS huge, 1.5::DECIMAL(5,1) AS deci, 'x' AS text,"
                + " 3.5::FLOAT AS floating"),
        is(
            """
            tiny  huge  deci  text  floating
            ----  ----  ----  ----  --------
               1     2   1.5  x          3.5
            (1 row)
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM song",
        "-- why\nWITH a AS (SELECT 1) SELECT * FROM a; -- done",
        "FROM song LIMIT 1",
        "VALUES (1)",
        "TABLE song",
        "(SELECT 1) UNION ALL SELECT 2",
        "DESCRIBE song",
        "SHOW TABLES",
        "SUMMARIZE song",
        "EXPLAIN SELECT 1",
        "EXPLAIN (FORMAT JSON) SELECT 1",
        "explain(analyze, format json) select 1",
        "EXPLAIN (SELECT 1)",
        "EXPLAIN (SELECT 1) UNION ALL SELECT 2",
        "EXPLAIN (ANALYZE) (SELECT 1)",
        "explain analyze select 1;",
        "SELECT ';' AS a, $$;$$ AS b, E'\\';' AS c",
      })
  void statementsThatReadAreTaken(String sql) throws Exception {
    assertThat(answer(AnswerFormat.TABLE, sql), is(not("")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY song TO '{lake}/song/x.csv'",
        "EXPLAIN ANALYZE COPY song TO '{lake}/song/x.csv'",
        "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN(ANALYZE)COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN (ANALYZE, FORMAT JSON) COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN (FORMAT 'json', ANALYZE) COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN (ANALYZE /**/) COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN /**/ ANALYZE COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN -- why\n ANALYZE COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN/**/(ANALYZE) COPY (SELECT 1) TO '{lake}/b.csv'",
        "/**/ EXPLAIN ANALYZE COPY (SELECT 1) TO '{lake}/b.csv'",
        "EXPLAIN ANALYZE WITH a AS (DELETE FROM song RETURNING *) SELECT * FROM a",
        "EXPORT DATABASE '{lake}/x'",
        "ATTACH '{lake}/x.db'",
        "CREATE TABLE x AS SELECT 1",
        "CREATE OR REPLACE VIEW song AS SELECT 1",
        "DROP VIEW song",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "PRAGMA version",
        "CALL pragma_version()",
        "BEGIN",
        "CHECKPOINT",
        "WITH a AS (DELETE FROM song RETURNING *) SELECT * FROM a",
        "WITH a AS (SELECT 1) INSERT INTO song SELECT * FROM a",
      })
  void otherStatementsAreRefused(String sql) throws IOException {
    List<Path> before = files();
    assertThat(
        problems(sql.replace("{lake}", lake.toString().replace("'", "''"))),
        contains(
            allOf(
                startsWith("takes one statement that only reads"),
                endsWith("the lake is never written"))));
    assertThat(files(), is(before));
  }

  @Test
  void oneStatementIsOne() {
    assertThat(problems("SELECT 1; SELECT 2"), contains(endsWith("here are 2 statements")));
    assertThat(problems("SELECT 1; COPY song TO 'x'"), contains(endsWith("is never written")));
    assertThat(problems("-- nothing"), contains(startsWith("is empty")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM '/etc/hostname.csv'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
        "SELECT * FROM read_parquet('https://example.org/x.parquet')",
      })
  void nothingBesideTheLakeIsRead(String sql) {
    assertThat(problems(sql), contains(containsString("disabled by configuration")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT nme FROM song | there is no column nme (line 1, character 8); did you mean name",
        "SELECT 'ü', isr FROM song | there is no column isr (line 1, character 13); did you mean isrc",
        "EXPLAIN SELECT nme FROM song | there is no column nme (line 1, character 16); did you mean name",
      })
  void aWrongColumnNamesTheColumns(String sql, String said) {
    assertThat(problems(sql), contains(said, SONG_HAS));
  }

  @Test
  void aWrongColumnOfAnAliasNamesTheColumnsToo() {
    assertThat(
        problems("SELECT s.nme\nFROM song AS s"),
        contains(containsString("does not have a column named \"nme\""), is(SONG_HAS)));
  }

  @Test
  void aWrongTableNamesTheTables() {
    assertThat(
        problems("SELECT *\nFROM sonng"),
        contains(
            is("there is no table sonng (line 2, character 6); did you mean song"),
            allOf(
                startsWith("the tables: album, "), containsString(", song, "), endsWith("song"))));
    for (SqlFile view : SqlFiles.views()) {
      assertThat(problems("FROM zzzzzzzzzz").get(1), containsString(view.name()));
    }
  }

  @Test
  void otherErrorsAreDuckDbsOnOneLine() {
    assertThat(
        problems("SELECT * FORM song"),
        contains("syntax error at or near \"song\" (line 1, character 15)"));
    assertThat(
        problems("SELECT sum(name) FROM song"),
        contains(
            "No function matches the given name and argument types 'sum(VARCHAR)'. You might need to"
                + " add explicit type casts. (line 1, character 8)"));
    assertThat(
        problems("SELECT CAST(name AS integer) FROM song"),
        contains(startsWith("Could not convert string")));
  }

  @Test
  void theDayAskedForIsTheNewestPublishedOneUpToIt() throws Exception {
    assertThat(session.facts().newestDay(null), is(Optional.of(TinyLake.NEW_DAY)));
    assertThat(session.facts().newestDay("2026-12-24"), is(Optional.of(TinyLake.NEW_DAY)));
    assertThat(session.facts().newestDay(TinyLake.OLD_DAY), is(Optional.of(TinyLake.OLD_DAY)));
    assertThat(session.facts().newestDay("2020-01-01"), is(Optional.empty()));
  }

  @Test
  void columnsWithoutAnyValueAreFound() throws Exception {
    Report report = requiring("song.popularity, song.isrc, album.upc, playlist_event.value_after");
    assertThat(
        session.facts().emptyColumns(report, TinyLake.NEW_DAY),
        contains("song.isrc", "album.upc", "playlist_event.value_after"));
    assertThat(session.facts().emptyTables(report, TinyLake.NEW_DAY), is(empty()));
  }

  @Test
  void aTableWithoutRowsIsNoColumnWithoutValues(@TempDir Path folder) throws Exception {
    Report report = requiring("song.popularity, song.isrc");
    try (LakeSession one = LakeSession.open(TinyLake.writeEmpty(folder), unused -> {})) {
      assertThat(one.facts().emptyColumns(report, TinyLake.NEW_DAY), is(empty()));
      assertThat(one.facts().emptyTables(report, TinyLake.NEW_DAY), contains("song"));
    }
  }

  @Test
  void aLakeWithoutPublishedRunSaysWhatBecameOfTheNewest(@TempDir Path folder) throws Exception {
    try (LakeSession one = LakeSession.open(TinyLake.writeUnpublished(folder), unused -> {})) {
      assertThat(one.facts().newestDay(null), is(Optional.empty()));
      assertThat(one.facts().newestStatus(), is(Optional.of("AUDIT_FAILED")));
    }
  }

  @Test
  void tablesWithoutFilesAreEmptyWithTheirColumns(@TempDir Path folder)
      throws SQLException, IOException {
    List<String> columns = new ArrayList<>();
    try (Connection whole = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      for (LakeTable table : LakeTable.values()) {
        columns.add(Sql.rows(whole, "DESCRIBE " + table.tableName()).toString());
      }
    }
    for (LakeTable table : LakeTable.values()) {
      deleteTree(folder.resolve(table.tableName()));
      Files.createDirectories(folder.resolve(table.tableName()).resolve("ingest_date=2026-11-20"));
    }
    try (Connection poor = DuckDbLake.open(folder)) {
      for (LakeTable table : LakeTable.values()) {
        String name = table.tableName();
        assertThat(Sql.rows(poor, "DESCRIBE " + name).toString(), is(columns.get(table.ordinal())));
        assertThat(Sql.rows(poor, "FROM " + name), is(empty()));
      }
    }
  }

  @Test
  void reportsAnswerWhereOnlyRunsHaveFiles(@TempDir Path folder) throws Exception {
    TinyLake.writeEmpty(folder);
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        deleteTree(folder.resolve(table.tableName()));
      }
    }
    assertThat(LakeSession.isLake(folder), is(true));
    try (LakeSession one = LakeSession.open(folder, unused -> {})) {
      for (Report report : Report.all()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        one.report(report.sql(Map.of()), AnswerFormat.CSV, new PrintStream(out));
        assertThat(
            out.toString(UTF_8).lines().findFirst().orElse(""),
            is(report.columns().stream().map(Described::name).collect(joining(","))));
      }
    }
  }

  @Test
  void aFolderWithoutRunsIsNoLake(@TempDir Path folder) throws Exception {
    assertThat(LakeSession.isLake(folder), is(false));
    Files.createDirectories(folder.resolve("run/ingest_date=2026-11-20"));
    assertThat(LakeSession.isLake(folder), is(false));
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        Arguments.of("empty", (UnaryOperator<byte[]>) bytes -> new byte[0]),
        Arguments.of("cut", (UnaryOperator<byte[]>) bytes -> Arrays.copyOf(bytes, 100)),
        Arguments.of("text", (UnaryOperator<byte[]>) bytes -> "no parquet at all".getBytes(UTF_8)),
        Arguments.of(
            "a footer overwritten",
            (UnaryOperator<byte[]>)
                bytes -> {
                  Arrays.fill(bytes, bytes.length - 300, bytes.length - 200, (byte) 0x5a);
                  return bytes;
                }));
  }

  private static void damage(Path file, UnaryOperator<byte[]> how) throws IOException {
    Files.write(file, how.apply(Files.readAllBytes(file)));
  }

  private static void damagePage(Path file) throws IOException {
    damage(
        file,
        bytes -> {
          Arrays.fill(bytes, 4, 60, (byte) 0x5a);
          return bytes;
        });
  }

  private static String days(Path lake, List<String> notes) throws Exception {
    try (LakeSession one = LakeSession.open(lake, notes::add)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      one.ask(
          "SELECT DISTINCT ingest_date FROM playlist JOIN song USING (ingest_date) ORDER BY 1",
          AnswerFormat.CSV,
          new PrintStream(out));
      return out.toString(UTF_8).strip().replace("\r", "").replace("\n", " ");
    }
  }

  /** A run whose row is damaged is not published; what was published of its day before counts. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void aDamagedRowOfARunStopsNothingElse(
      String name, UnaryOperator<byte[]> how, @TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Path row = folder.resolve("run/ingest_date=2026-11-20/" + TinyLake.SECOND_RUN + ".parquet");
    damage(row, how);
    List<String> notes = new ArrayList<>();
    try (LakeSession one = LakeSession.open(folder, notes::add)) {
      assertThat(one.facts().newestDay(null), is(Optional.of("2026-11-20")));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      one.ask("SELECT run_id FROM published_run", AnswerFormat.CSV, new PrintStream(out));
      assertThat(out.toString(UTF_8), containsString(TinyLake.FIRST_RUN));
      assertThat(out.toString(UTF_8), not(containsString(TinyLake.SECOND_RUN)));
    }
    assertThat(notes, contains(containsString(row.getFileName().toString())));
  }

  /** A thin day is no answer: it is left out whole, and said. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void aDamagedDataFileLeavesItsDayOut(String name, UnaryOperator<byte[]> how, @TempDir Path folder)
      throws Exception {
    TinyLake.write(folder);
    String song = TinyLake.SECOND_RUN + "-00000-of-00001.parquet";
    damage(folder.resolve("song/ingest_date=2026-11-20/" + song), how);
    List<String> notes = new ArrayList<>();
    assertThat(days(folder, notes), is("ingest_date 2026-11-19"));
    assertThat(notes, contains(allOf(containsString(song), containsString("2026-11-20"))));
  }

  /** Files of other days and tables are not even opened: here they cannot be read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM song WHERE ingest_date = '2026-11-20'",
        "SELECT count(*) FROM latest_song",
        "SELECT count(*) FROM song WHERE ingest_date > '2026-11-19'",
        "SELECT count(*) FROM song JOIN (SELECT max(ingest_date) AS ingest_date FROM published_run)"
            + " USING (ingest_date)"
      })
  void aQuestionAboutOneDayOpensThatDayOnly(String sql, @TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    damage(song(folder, "2026-11-19", TinyLake.OLD_RUN), bytes -> new byte[0]);
    List<String> notes = new ArrayList<>();
    try (LakeSession one = open(folder, sql, notes)) {
      assertThat(one.facts().newestDay(null), is(Optional.of("2026-11-20")));
      assertThat(csv(one, sql), not(containsString("\r\n0\r\n")));
    }
    assertThat(notes, is(empty()));
  }

  @Test
  void aQuestionAboutNoTableOpensNothing(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        damage(file, bytes -> new byte[0]);
      }
    }
    List<String> notes = new ArrayList<>();
    try (LakeSession one = open(folder, "SELECT 1", notes)) {
      assertThat(csv(one, "SELECT 1 AS a"), is("a\r\n1\r\n"));
      assertThat(csv(one, "SHOW TABLES"), containsString("stored_song"));
    }
    assertThat(notes, is(empty()));
  }

  /** An older program wrote the older file; somebody's tool dropped a column of the newer one. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-19, 20261119T060000Z-0001, 1",
    "2026-11-20, 20261120T070000Z-00bb, 1",
  })
  void aColumnThatOneFileLacksIsNullThereAndNowhereElse(
      String day, String run, int daysWithIt, @TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    // The newest of all.
    Files.delete(song(folder, TinyLake.NEW_DAY, TinyLake.FAILED_RUN));
    Path song = song(folder, day, run);
    Path copy = song.resolveSibling("copy");
    try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = duckDb.createStatement()) {
      statement.execute(
          "COPY (SELECT * EXCLUDE (name) FROM read_parquet('%s')) TO '%s' (FORMAT parquet)"
              .formatted(song, copy));
    }
    Files.move(copy, song, StandardCopyOption.REPLACE_EXISTING);
    String sql =
        "SELECT count(DISTINCT ingest_date) AS days,"
            + " count(DISTINCT ingest_date) FILTER (WHERE name IS NOT NULL) AS named FROM song";
    List<String> notes = new ArrayList<>();
    try (LakeSession one = open(folder, sql, notes)) {
      assertThat(csv(one, sql), is("days,named\r\n2," + daysWithIt + "\r\n"));
    }
    assertThat(notes, is(empty()));
  }

  private static LakeSession open(Path lake, String sql, List<String> notes) throws Exception {
    return LakeSession.open(
        lake, TablesRead.by(sql).stored()::contains, AbsentFiles.NONE, notes::add);
  }

  private static String csv(LakeSession session, String sql) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    session.ask(sql, AnswerFormat.CSV, new PrintStream(out));
    return out.toString(UTF_8);
  }

  private static Path song(Path lake, String day, String runId) {
    return lake.resolve("song/ingest_date=" + day + "/" + runId + "-00000-of-00001.parquet");
  }

  private static Path song(Path lake, String runId, int file, int of) {
    return lake.resolve(
        "song/ingest_date=2026-11-20/%s-%05d-of-%05d.parquet".formatted(runId, file, of));
  }

  @Test
  void aDayThatLacksAFileIsLeftOut(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Path song = song(folder, TinyLake.SECOND_RUN, 0, 1);
    Files.copy(song, song(folder, TinyLake.SECOND_RUN, 1, 2));
    Files.move(song, song(folder, TinyLake.SECOND_RUN, 0, 2));
    List<String> notes = new ArrayList<>();
    assertThat(days(folder, notes), is("ingest_date 2026-11-19 2026-11-20"));
    assertThat(notes, is(empty()));
    Files.delete(song(folder, TinyLake.SECOND_RUN, 0, 2));
    assertThat(days(folder, notes), is("ingest_date 2026-11-19"));
    assertThat(
        notes,
        contains(
            allOf(
                containsString("2026-11-20"),
                containsString("song has 1 of 2 files"),
                containsString(TinyLake.SECOND_RUN),
                containsString("ask again"),
                containsString("restore"))));
  }

  @Test
  void aDayWithoutItsOnlyFileOfATableIsLeftOut(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Files.delete(song(folder, TinyLake.SECOND_RUN, 0, 1));
    List<String> notes = new ArrayList<>();
    assertThat(days(folder, notes), is("ingest_date 2026-11-19"));
    assertThat(notes, contains(containsString("song has 0 of 1 files")));
  }

  /** Its files are removed for the run that counts. */
  @Test
  void aSupersededRunLacksNothing(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Files.delete(song(folder, TinyLake.FIRST_RUN, 0, 1));
    List<String> notes = new ArrayList<>();
    assertThat(days(folder, notes), is("ingest_date 2026-11-19 2026-11-20"));
    assertThat(notes, is(empty()));
  }

  /** Its footer can be read, and so the lake is opened: the question finds out. */
  @Test
  void aDamagedPageLeavesItsDayOutTheMomentItIsRead(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Path song =
        folder.resolve(
            "song/ingest_date=2026-11-20/" + TinyLake.SECOND_RUN + "-00000-of-00001.parquet");
    damagePage(song);
    List<String> notes = new ArrayList<>();
    try (LakeSession one = LakeSession.open(folder, notes::add)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      one.ask(
          "SELECT ingest_date, max(hash(song)) IS NOT NULL FROM song GROUP BY 1 ORDER BY 1",
          AnswerFormat.CSV,
          new PrintStream(out));
      assertThat(out.toString(UTF_8), containsString("2026-11-19"));
      assertThat(out.toString(UTF_8), not(containsString("2026-11-20")));
    }
    assertThat(
        notes,
        contains(
            allOf(containsString(song.getFileName().toString()), containsString("2026-11-20"))));
  }

  @Test
  void onlyWhatAQuestionReadsIsLookedThrough(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    String file = "/ingest_date=2026-11-20/" + TinyLake.SECOND_RUN + "-00000-of-00001.parquet";
    for (String table : List.of("song", "album")) {
      damagePage(folder.resolve(table + file));
    }
    List<String> notes = new ArrayList<>();
    try (LakeSession one = LakeSession.open(folder, notes::add)) {
      one.ask("SELECT max(hash(s)) FROM Song AS s", AnswerFormat.CSV, nowhere());
      assertThat(
          notes, contains(allOf(containsString("song" + file), not(containsString("album")))));
      one.ask("SELECT max(hash(a)) FROM stored_album AS a", AnswerFormat.CSV, nowhere());
      assertThat(notes.get(1), containsString("album" + file));
    }
  }

  /** What counts for nobody may be as damaged as it likes. */
  @Test
  void aDamagedFileOfADeadRunLeavesNothingOut(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Files.writeString(
        folder.resolve("song/ingest_date=2026-11-20/20261120T235900Z-dead-00000-of-00001.parquet"),
        "torn");
    List<String> notes = new ArrayList<>();
    assertThat(days(folder, notes), is("ingest_date 2026-11-19 2026-11-20"));
    assertThat(notes, contains(containsString("dead")));
  }

  /** The files of the run before were removed for the one whose row is damaged. */
  @Test
  void aDayWhoseOnlyDataIsThatOfADamagedRunIsNotShownEmpty(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        Files.delete(
            folder.resolve(
                table.tableName()
                    + "/ingest_date=2026-11-20/"
                    + TinyLake.FIRST_RUN
                    + "-00000-of-00001.parquet"));
      }
    }
    Files.writeString(
        folder.resolve("run/ingest_date=2026-11-20/" + TinyLake.SECOND_RUN + ".parquet"), "torn");
    try (LakeSession one = LakeSession.open(folder, unused -> {})) {
      assertThat(one.facts().newestDay(null), is(Optional.of("2026-11-19")));
    }
  }

  @Test
  void aFileInThePlaceOfADayIsPassedOver(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Files.writeString(folder.resolve("song/ingest_date=2026-11-25"), "");
    List<String> notes = new ArrayList<>();
    assertThat(days(folder, notes), is("ingest_date 2026-11-19 2026-11-20"));
    assertThat(notes, contains(containsString("ingest_date=2026-11-25")));
  }

  @Test
  void onlyTrueDaysAndNamesThatRunsGiveCount(@TempDir Path folder) throws Exception {
    TinyLake.write(folder);
    Path day = folder.resolve("playlist/ingest_date=2026-11-20");
    String file = TinyLake.SECOND_RUN + "-00000-of-00001";
    for (String other :
        List.of(
            "ingest_date=2026-11-20.bak/" + file + ".parquet",
            "ingest_date=2026-13-45/" + file + ".parquet",
            "ingest_date=2026-11-20 (1)/" + file + ".parquet",
            "ingest_date=2026-11-20/" + file + " (1).parquet",
            "ingest_date=2026-11-20/" + file + " copy.parquet",
            "ingest_date=2026-11-20/" + TinyLake.SECOND_RUN + "-00000-of-00099.parquet",
            "ingest_date=2026-11-20/._" + file + ".parquet",
            "ingest_date=2026-11-20/_" + file + ".parquet")) {
      Path copy = folder.resolve("playlist").resolve(other);
      Files.createDirectories(copy.resolveSibling("."));
      Files.copy(day.resolve(file + ".parquet"), copy);
    }
    List<String> notes = new ArrayList<>();
    try (LakeSession one = LakeSession.open(folder, notes::add);
        LakeSession clean = LakeSession.open(lake, unused -> {})) {
      String sql = "SELECT ingest_date, playlist_id FROM stored_playlist ORDER BY ALL";
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      one.ask(sql, AnswerFormat.CSV, new PrintStream(out));
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      clean.ask(sql, AnswerFormat.CSV, new PrintStream(expected));
      assertThat(out.toString(UTF_8), is(expected.toString(UTF_8)));
    }
    assertThat(notes, contains(containsString("6 in all")));
  }

  @Test
  void textsThatLookLikeFilesAreTheStatements() {
    assertThat(
        problems("SELECT CAST('x.parquet' AS integer)"),
        contains(startsWith("Could not convert string 'x.parquet'")));
    assertThat(problems("SELECT error('no x.parquet')"), contains("no x.parquet"));
  }

  @Test
  void tooLittleMemoryIsNoBug() throws Exception {
    String sql =
        "SELECT i, count(*) FROM (SELECT hash(i) || repeat('x', 50) AS i FROM range(1000000) AS r(i))"
            + " GROUP BY 1 ORDER BY 1";
    try (Connection connection = DuckDbLake.open(lake);
        Statement statement = connection.createStatement();
        LakeSession small = new LakeSession(connection, SpillFolder.create())) {
      statement.execute("SET errors_as_json = true");
      statement.execute("SET temp_directory = ''");
      statement.execute("SET memory_limit = '20MB'");
      assertThat(
          assertThrows(
                  UnansweredException.class, () -> small.report(sql, AnswerFormat.CSV, nowhere()))
              .getMessage(),
          allOf(startsWith("The answer needs more memory"), containsString("fewer days")));
      assertThrows(UnansweredException.class, () -> small.ask(sql, AnswerFormat.CSV, nowhere()));
    }
  }

  @Test
  void whatMemoryCannotHoldHasAFolderOfItsOwn() throws Exception {
    String where = "SELECT current_setting('temp_directory')";
    Path folder = Path.of(answer(AnswerFormat.CSV, where).lines().toList().get(1));
    assertThat(Files.isDirectory(folder), is(true));
    Path other;
    try (LakeSession one = LakeSession.open(lake, unused -> {})) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      one.ask(where, AnswerFormat.CSV, new PrintStream(out));
      other = Path.of(out.toString(UTF_8).lines().toList().get(1));
      assertThat(other, is(not(folder)));
      Files.writeString(other.resolve("left over"), "");
    }
    assertThat(Files.exists(other), is(false));
    assertThat(Files.exists(folder), is(true));
  }

  @Test
  void aFileThatIsGoneMakesALakeUnreadable(@TempDir Path folder) throws Exception {
    TinyLake.writeEmpty(folder);
    try (LakeSession one = LakeSession.open(folder, unused -> {})) {
      deleteTree(folder.resolve("song"));
      assertThrows(
          LakeUnreadableException.class,
          () -> one.ask("SELECT * FROM song", AnswerFormat.CSV, nowhere()));
    }
  }

  @Test
  void whatNobodyReadsIsNotPrintedToItsEnd() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    PrintStream closed =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                attempts.incrementAndGet();
                throw new IOException("Broken pipe");
              }
            });
    session.ask("SELECT * FROM range(2000000) AS r(i)", AnswerFormat.CSV, closed);
    assertThat(attempts.get(), is(lessThan(5)));
  }

  private static Report requiring(String columns) {
    return Report.parse(
        new SqlFile(
            "odd",
            "-- Question: q\n-- Grain: g\n-- Columns:\n--   x: y\n-- Parameters: none\n-- requires: "
                + columns
                + "\nSELECT 1 AS x\nORDER BY 1\n"));
  }

  private String answer(AnswerFormat format, String sql) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    session.ask(sql, format, new PrintStream(out));
    return out.toString(UTF_8);
  }

  private List<String> problems(String sql) {
    return assertThrows(
            BadQueryException.class, () -> session.ask(sql, AnswerFormat.CSV, nowhere()))
        .problems();
  }

  private static PrintStream nowhere() {
    return new PrintStream(new ByteArrayOutputStream());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(lake)) {
      return files.sorted().toList();
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
