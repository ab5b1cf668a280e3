package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.Report.Described;
import dev.playlistlake.queries.sql.Report.Parameter;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
  private static final String TEXT =
      """
      -- Question: which songs stand
      --   in a playlist?
      -- Grain: one row per song.
      -- Columns:
      --   playlist_id: Spotify id
      --   top_n: how many, and
      --     what else: a colon
      -- Parameters:
      --   as_of: newest published day not after it, by default the newest day
      --   playlist_id: one playlist, by default all
      --   top_n: most rows
      -- requires: song.popularity, album.popularity
      WITH parameter AS (
        SELECT
          CAST(NULL AS varchar) AS as_of,
          CAST('it''s' AS varchar) AS playlist_id,
          CAST(10 AS integer) AS top_n
      ),
      other AS (
        SELECT CAST(1 AS integer) AS top_n
      )
      SELECT as_of, playlist_id, top_n, (SELECT top_n FROM other) AS other FROM parameter
      ORDER BY 1
      """;

  private static final Report REPORT = Report.parse(new SqlFile("songs", TEXT));

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void headerIsRead() {
    assertThat(REPORT.name(), is("songs"));
    assertThat(REPORT.question(), is("which songs stand in a playlist?"));
    assertThat(REPORT.grain(), is("one row per song."));
    assertThat(
        REPORT.columns(),
        contains(
            new Described("playlist_id", "Spotify id"),
            new Described("top_n", "how many, and what else: a colon")));
    assertThat(
        REPORT.parameters(),
        contains(
            new Parameter(
                "as_of",
                Report.Type.VARCHAR,
                "NULL",
                "newest published day not after it, by default the newest day"),
            new Parameter(
                "playlist_id", Report.Type.VARCHAR, "'it''s'", "one playlist, by default all"),
            new Parameter("top_n", Report.Type.INTEGER, "10", "most rows")));
    assertThat(REPORT.requires(), contains("song.popularity", "album.popularity"));
    assertThat(REPORT.header(), is(TEXT.substring(0, TEXT.indexOf("WITH")).replace("-- ", "")));
  }

  /** A statement of another form would run with its defaults, whatever the user gave. */
  @Test
  void everyReportCanBeReadAndTakesItsParameters() throws Exception {
    try (Connection lake = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      for (Report report : Report.all()) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : report.parameters()) {
          String value = parameter.isDay() ? "2019-02-03" : "741852963";
          values.put(parameter.name(), value);
          assertThat(report.sql(Map.of(parameter.name(), value)), containsString(value));
        }
        assertThat(
            report.name(),
            Sql.columns(lake, report.sql(values)),
            is(report.columns().stream().map(Described::name).toList()));
      }
    }
  }

  @Test
  void withoutValuesItIsTheFile() throws BadQueryException {
    assertThat(REPORT.sql(Map.of()), is(TEXT));
  }

  @Test
  void valuesReplaceDefaultsOfTheFirstTableAlone() throws Exception {
    assertThat(rows(Map.of("top_n", "3", "as_of", "2026-11-20")), contains("2026-11-20|it's|3|1"));
    assertThat(rows(Map.of("top_n", "+4")), contains("null|it's|4|1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "it's; it's",
        "' AS varchar) AS x --; ' AS varchar) AS x --",
        "$1 \\1 \\; $1 \\1 \\",
        "NULL; NULL",
        "'; DROP TABLE x; '; '",
      })
  void textsAreQuoted(String value) throws Exception {
    assertThat(rows(Map.of("playlist_id", value)), contains("null|" + value + "|10|1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "top | 1 | top: is not a parameter of songs; did you mean top_n",
        "nothing | 1 | nothing: is not a parameter of songs; it has as_of, playlist_id, top_n",
        "top_n | many | top_n: 'many' is not a whole number",
        "top_n | 1.5 | top_n: '1.5' is not a whole number",
        "top_n | 1) | top_n: '1)' is not a whole number",
        "top_n | 3000000000 | top_n: '3000000000' is too large a number",
        "top_n | ' ' | top_n: has no value",
        "as_of | 20.11.2026 | as_of: '20.11.2026' is not a date like 2026-11-20",
        "as_of | 2026-02-30 | as_of: '2026-02-30' is not a date like 2026-11-20",
        "as_of | +12026-02-03 | as_of: '+12026-02-03' is not a date like 2026-11-20",
      })
  void wrongValuesAreSaid(String name, String value, String problem) {
    assertThat(
        assertThrows(BadQueryException.class, () -> REPORT.sql(Map.of(name, value))).problems(),
        contains(problem));
  }

  /** In every report, not only the one above. */
  @Test
  void whatNamesADayIsADay() {
    for (Report report : Report.all()) {
      for (String day : List.of("as_of", "since")) {
        boolean has = report.parameters().stream().anyMatch(p -> p.name().equals(day));
        assertThat(
            report.name(),
            report.problems(Map.of(day, "last week")),
            contains(containsString(has ? day + ": 'last week'" : day + ": ")));
      }
    }
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("top_n", "x");
    values.put("playlist_id", "fine");
    values.put("as_of", "y");
    assertThat(
        REPORT.problems(values),
        contains("top_n: 'x' is not a whole number", "as_of: 'y' is not a date like 2026-11-20"));
    assertThat(REPORT.problems(Map.of("playlist_id", "fine")), is(empty()));
  }

  @Test
  void aReportWithoutParametersTakesNone() {
    SqlFile file =
        new SqlFile("plain", "-- Question: q\n-- Grain: g\n-- Parameters: none\nSELECT 1\n");
    Report report = Report.parse(file);
    assertThat(report.parameters(), is(empty()));
    assertThat(
        report.problems(Map.of("top_n", "3")),
        contains("top_n: the report plain has no parameters"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- Grain: a row | SELECT 1",
        "-- Question: why? | SELECT 1",
        "-- no colon | SELECT 1",
      })
  void aFileOfAnotherFormIsRefused(String header, String statement) {
    SqlFile file = new SqlFile("odd", header + "\n" + statement + "\n");
    assertThrows(IllegalArgumentException.class, () -> Report.parse(file));
  }

  @Test
  void aParameterThatTheHeaderDoesNotKnowIsRefused() {
    SqlFile file = new SqlFile("odd", TEXT.replace("--   top_n: most rows\n", ""));
    assertThrows(IllegalArgumentException.class, () -> Report.parse(file));
  }

  private List<String> rows(Map<String, String> values)
      throws SQLException, IOException, BadQueryException {
    try (Connection lake = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      return Sql.rows(lake, REPORT.sql(values));
    }
  }
}
