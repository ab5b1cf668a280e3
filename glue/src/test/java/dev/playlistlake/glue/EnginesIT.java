package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.RealData;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Views and reports, their files as they are, give the same rows on Trino and on DuckDB over a lake
 * with a history and lakes that the job made: its sample, and as many real playlists on as many
 * days as {@code -Dplaylistlake.days=40 -Dplaylistlake.playlists=20} say, in the dialects of both
 * kinds of app.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
    named = "playlistlake.days",
    matches = "[1-9]\\d*",
    disabledReason = "-Dplaylistlake.days=40 compares the engines")
@SuppressWarnings("NullAway") // a null fails the test
class EnginesIT {
  private static final int DAYS = Integer.getInteger("playlistlake.days", 0);
  private static final int PLAYLISTS = Integer.getInteger("playlistlake.playlists", 20);

  /** A report's parameter, as all of them write it. */
  private static final Pattern PARAMETER =
      Pattern.compile("CAST\\((NULL|'[^']*'|\\d+) AS (varchar|integer)\\) AS (\\w+)");

  enum Lake {
    HISTORY,
    SAMPLE,
    EXTENDED,
    RESTRICTED
  }

  private static final List<Lake> LAKES = List.of(Lake.values());

  /** Where parameters are set: the two dialects give them no other meaning. */
  private static final Lake WITH_PARAMETERS = RealData.isThere() ? Lake.EXTENDED : Lake.HISTORY;

  private static final List<String> TABLES =
      Stream.of(LakeTable.values()).map(LakeTable::tableName).toList();

  private record Engines(Connection trino, Connection duckDb) {}

  private final Map<Lake, Engines> lakes = new EnumMap<>(Lake.class);

  @BeforeAll
  void makeTheLakes(@TempDir Path folder) throws IOException, InterruptedException, SQLException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate firstDay = today.minusDays(DAYS);
    Map<Lake, Process> jobs = new EnumMap<>(Lake.class);
    jobs.put(
        Lake.SAMPLE,
        JobLakes.start(
            folder.resolve("SAMPLE"),
            folder.resolve("SAMPLE"),
            "dev.playlistlake.pipeline.PlaylistLake"));
    if (RealData.isThere()) {
      for (Dialect dialect : Dialect.values()) {
        jobs.put(
            Lake.valueOf(dialect.name()),
            JobLakes.start(
                folder.resolve(dialect.name()),
                // Where it finds the real data.
                Path.of("").toAbsolutePath(),
                "dev.playlistlake.pipeline.ArchiveDays",
                folder.resolve(dialect.name()).toString(),
                dialect.name(),
                String.valueOf(DAYS),
                String.valueOf(PLAYLISTS),
                firstDay.toString()));
      }
    }
    TrinoServer server = TrinoServer.shared();
    Path history = folder.resolve("HISTORY");
    HistoryLake.write(history);
    open(server, Lake.HISTORY, history, HistoryLake.FIRST_DAY);
    for (Map.Entry<Lake, Process> job : jobs.entrySet()) {
      Path home = folder.resolve(job.getKey().name());
      JobLakes.await(job.getValue(), home);
      boolean sample = job.getKey() == Lake.SAMPLE;
      Path lake = home.resolve(sample ? "lake-sample" : "lake");
      // A job that began before midnight has yesterday's date.
      open(server, job.getKey(), lake, sample ? today.minusDays(1) : firstDay);
    }
  }

  private void open(TrinoServer server, Lake name, Path lake, LocalDate firstDay)
      throws SQLException, IOException {
    Connection trino =
        TrinoLake.open(
            server,
            name.name().toLowerCase(Locale.ROOT),
            lake,
            firstDay.toString(),
            TrinoLake.Days.PROJECTED);
    lakes.put(name, new Engines(trino, DuckDbLake.open(lake)));
  }

  @AfterAll
  void close() throws SQLException {
    for (Engines engines : lakes.values()) {
      engines.trino().close();
      engines.duckDb().close();
    }
  }

  static Stream<Arguments> views() {
    // Views of one table have nothing to do with days: the sample has all their columns.
    return inEveryLake(SqlFiles.views())
        .filter(view -> view.get()[0] != Lake.HISTORY || !TABLES.contains((String) view.get()[1]));
  }

  /** Over the sample's one day they take long and tell little more than over the lake by hand. */
  static Stream<Arguments> reports() {
    return inEveryLake(SqlFiles.reports())
        .filter(arguments -> DAYS > 0 || arguments.get()[0] != Lake.SAMPLE);
  }

  private static Stream<Arguments> inEveryLake(List<SqlFiles.SqlFile> files) {
    return LAKES.stream()
        .flatMap(lake -> files.stream().map(file -> Arguments.of(lake, file.name(), file.text())));
  }

  /** A view has no order. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("views")
  void viewsAreEqual(Lake lake, String name, String text) throws SQLException {
    String sql = "SELECT * FROM " + name;
    Answer.of(engines(lake).trino(), sql)
        .sorted()
        .assertSame(name, Answer.of(engines(lake).duckDb(), sql).sorted());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("reports")
  void reportsAreEqual(Lake lake, String name, String text) throws SQLException {
    assertSame(lake, name, text);
  }

  static Stream<SqlFiles.SqlFile> reportsWithParameters() {
    return SqlFiles.reports().stream().filter(report -> PARAMETER.matcher(report.text()).find());
  }

  @ParameterizedTest
  @MethodSource("reportsWithParameters")
  void reportsAreEqualWithParameters(SqlFiles.SqlFile report) throws SQLException {
    assertSame(
        WITH_PARAMETERS,
        report.name() + " with parameters",
        withParameters(report.text(), engines(WITH_PARAMETERS).duckDb()));
  }

  /** Equal answers prove little where there are none. */
  @Test
  void noAnswerIsEmptyEverywhere() throws SQLException {
    List<String> emptyOnes = new ArrayList<>();
    for (SqlFiles.SqlFile report : SqlFiles.reports()) {
      if (isEmptyEverywhere(report.text())) {
        emptyOnes.add(report.name());
      }
    }
    for (SqlFiles.SqlFile view : SqlFiles.views()) {
      if (isEmptyEverywhere("SELECT * FROM " + view.name())) {
        emptyOnes.add(view.name());
      }
    }
    assertThat(emptyOnes, is(empty()));
  }

  private boolean isEmptyEverywhere(String sql) throws SQLException {
    for (Engines engines : lakes.values()) {
      if (!Answer.of(engines.duckDb(), sql).rows().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void assertSame(Lake lake, String name, String sql) throws SQLException {
    Answer.of(engines(lake).trino(), sql).assertSame(name, Answer.of(engines(lake).duckDb(), sql));
  }

  private Engines engines(Lake lake) {
    if (!lakes.containsKey(lake)) {
      RealData.path("playlist-archive/states.jsonl.gz");
    }
    return lakes.get(lake);
  }

  /** The report with every parameter set to something that the lake has. */
  private static String withParameters(String text, Connection lake) throws SQLException {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            parameter ->
                Matcher.quoteReplacement(
                    "CAST(%s AS %s) AS %s"
                        .formatted(
                            value(parameter.group(3), parameter.group(2), lake),
                            parameter.group(2),
                            parameter.group(3))));
  }

  private static String value(String parameter, String type, Connection lake) {
    if (type.equals("integer")) {
      return "2";
    }
    String sql =
        switch (parameter) {
          case "as_of" ->
              "SELECT coalesce(max(CASE WHEN place = 2 THEN ingest_date END), max(ingest_date)) FROM"
                  + " (SELECT ingest_date, row_number() OVER (ORDER BY ingest_date DESC) AS place"
                  + " FROM published_run)";
          case "playlist_id" -> "SELECT min(playlist_id) FROM latest_playlist_item";
          case "since" -> "SELECT min(ingest_date) FROM published_run";
          case "artist_id" -> "SELECT min(main_artist_id) FROM latest_song";
          case "label" -> "SELECT min(label) FROM latest_album";
          case "track_id" -> "SELECT min(track_id) FROM latest_playlist_item";
          default -> throw new IllegalArgumentException("tell this test a value for " + parameter);
        };
    try {
      return Answer.of(lake, sql).rows().get(0).get(0);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
