package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlFilesTest {
  private static final Pattern LAST_CLAUSE = Pattern.compile("(?s).*\\nORDER BY [^()]+\\n");
  private static final Pattern NAMED_LINE = Pattern.compile("--   (\\w+): .+");
  private static final Pattern PARAMETERS =
      Pattern.compile("(?s)WITH parameter AS \\(\n  SELECT\n(.+?)\n\\)");
  private static final Pattern PARAMETER =
      Pattern.compile("    CAST\\((?:NULL|'[^']*'|\\d+) AS (?:varchar|integer)\\) AS (\\w+),?");
  private static final Pattern REQUIRES = Pattern.compile("(?m)^-- requires: (.+)$");
  private static final Pattern OPTIONAL = Pattern.compile("(?m)^-- optional: (.+)$");
  private static final Pattern SOURCE = Pattern.compile("\\b(?:FROM|JOIN)\\s+(\\w+)");
  private static final Pattern STORED = Pattern.compile("\\b(?:stored_\\w+|song_row)\\b");

  /** They ask about runs that are not published too. */
  private static final Set<String> ABOUT_RUNS = Set.of("missing_days", "runs");

  /** A stored table and, on the next line, the run whose rows count. */
  private static final Pattern STORED_JOINED =
      Pattern.compile(
          "FROM (?:stored_\\w+|song_row) AS (\\w)\n *JOIN (?:shown|previous)_day AS d"
              + " ON d\\.ingest_date = \\1\\.ingest_date AND d\\.run_id = \\1\\.run_id\n");

  private static final Pattern COMMON_TABLE = Pattern.compile("(?m)(?:^|WITH )(\\w+) AS \\($");

  /** Columns that an app may be refused, whichever table they are in. */
  private static final Pattern WITHHELD = Pattern.compile("\\b(popularity|genres|label|upc)\\b");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void everyFileOnDiskIsListed() throws IOException {
    assertThat(names(SqlFiles.views()), is(namesOnDisk("views")));
    assertThat(names(SqlFiles.reports()), is(namesOnDisk("reports")));
    assertThat(Set.of(SqlFiles.duckDbPrelude().name()), is(namesOnDisk("duckdb")));
  }

  @Test
  void unknownReportIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> SqlFiles.report("../views/song"));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#views")
  void viewIsOneStatementUnderAHeader(SqlFile view) {
    assertThat(
        view.text(),
        matchesPattern(
            "(?s)-- [^\\n]+\\n-- Grain: [^\\n]+\\nCREATE OR REPLACE VIEW %s AS\\n(SELECT|WITH \\w+ AS \\()\\n[^;]+\\n"
                .formatted(view.name())));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void reportHasAHeaderAndOneOrderedStatement(SqlFile report) {
    List<String> header = report.text().lines().takeWhile(line -> line.startsWith("-- ")).toList();
    List<String> keys =
        header.stream().filter(line -> !line.startsWith("--  ")).map(SqlFilesTest::key).toList();
    assertThat(header.get(0), startsWith("-- Question: "));
    assertThat(
        keys.stream().filter(key -> !key.matches("requires|optional")).toList(),
        is(List.of("Question", "Grain", "Columns", "Parameters")));
    assertThat("a semicolon", report.text().indexOf(';'), is(-1));
    assertThat(report.text(), matchesPattern(LAST_CLAUSE));
    assertThat(statement(report), not(startsWith("--")));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void reportSaysWhichColumnsItRequires(SqlFile report) {
    Set<String> required = columns(REQUIRES, report);
    required.addAll(columns(OPTIONAL, report));
    for (String column : required) {
      String[] parts = column.split("\\.", -1);
      LakeTable table = LakeTable.valueOf(parts[0].toUpperCase(Locale.ROOT));
      assertThat(column, table.schema().getField(parts[1]) != null);
    }
    assertThat(
        required.stream().map(column -> column.split("\\.", -1)[1]).collect(toSet()),
        is(all(WITHHELD, statement(report))));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void reportReadsViewsOrTheRowsOfTheShownRun(SqlFile report) {
    Set<String> known = new TreeSet<>(all(COMMON_TABLE, statement(report)));
    known.addAll(names(SqlFiles.views()));
    known.add("UNNEST");
    // A day's own rows: stored tables joined with the day's one run, which prunes on every engine.
    if (statement(report).contains("\nshown_day AS (") || ABOUT_RUNS.contains(report.name())) {
      Arrays.stream(LakeTable.values()).forEach(table -> known.add("stored_" + table.tableName()));
    }
    assertThat(all(SOURCE, statement(report)), everyItem(is(in(known))));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void reportHasTheColumnsOfItsHeader(SqlFile report) throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      assertThat(named(report, "Columns"), is(Sql.columns(lake, report.text())));
    }
  }

  /** One word and one count for one thing. */
  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void ranksAndTitlesAreNamedAlike(SqlFile report) {
    for (String column : named(report, "Columns")) {
      assertThat(
          column,
          column.matches("(track|item|song)_name|position\\w*|\\w+_rank"),
          is(column.matches("(best|first)_rank")));
    }
    assertThat("ranks skip after ties", statement(report).contains("dense_rank"), is(false));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void aReportOfTheTopHasALastRank(SqlFile report) {
    if (report.text().lines().findFirst().orElseThrow().matches(".*\\b(top|most)\\b.*")
        || report.name().matches(".*(top|most)_.*")) {
      assertThat(named(report, "Parameters"), hasItem("top_n"));
    }
  }

  /** Of a song it shows all playlists. */
  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void aReportThatShowsPlaylistsCanShowOne(SqlFile report) {
    if (named(report, "Columns").contains("playlist_name")) {
      assertThat(named(report, "Columns"), hasItem("playlist_id"));
      if (!report.name().equals("playlists_of_song")) {
        assertThat(named(report, "Parameters"), hasItem("playlist_id"));
      }
    }
  }

  @Test
  void thereAreAtMostThirtyReports() {
    assertThat(SqlFiles.reports().size(), is(lessThanOrEqualTo(30)));
  }

  @Test
  void aFormerReportNamesItsSuccessor() {
    String successor = SqlFiles.successorOf("playlist_contents_with_genres").orElseThrow();
    assertThat(names(SqlFiles.reports()), hasItem(successor));
    assertThat(SqlFiles.successorOf(successor).isPresent(), is(false));
  }

  /** The one place that makes text of a song's artists. */
  @Test
  void artistsAreJoinedInOneFile() {
    assertThat(
        Stream.concat(SqlFiles.views().stream(), SqlFiles.reports().stream())
            .filter(
                file ->
                    file.text().contains(".name), ', ')") || file.text().contains("n.place).name"))
            .map(SqlFile::name)
            .filter(name -> !name.equals("song_artist"))
            .toList(),
        is(List.of("song_row")));
  }

  /** Else rows of runs that do not count would show. */
  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void storedTablesAreJoinedWithARun(SqlFile report) {
    if (ABOUT_RUNS.contains(report.name())) {
      return;
    }
    String statement = statement(report);
    long stored = STORED.matcher(statement).results().count();
    long joined = STORED_JOINED.matcher(statement).results().count();
    assertThat(joined, is(stored));
  }

  /** The form that the query command replaces values in. */
  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#reports")
  void reportHasTheParametersOfItsHeader(SqlFile report) {
    Matcher table = PARAMETERS.matcher(statement(report));
    List<String> found =
        table.lookingAt()
            ? table
                .group(1)
                .lines()
                .map(
                    line -> {
                      Matcher parameter = PARAMETER.matcher(line);
                      assertThat(line, parameter.matches());
                      return parameter.group(1);
                    })
                .toList()
            : List.of();
    assertThat(found, is(named(report, "Parameters")));
    assertThat(
        "says that it has none",
        report.text().contains("\n-- Parameters: none\n"),
        is(found.isEmpty()));
  }

  /** What the lines under a key of the header describe. */
  private static List<String> named(SqlFile report, String key) {
    String list = report.text().replaceFirst("(?s).*?\n-- " + key + ":[^\n]*\n", "");
    return list.lines()
        .takeWhile(line -> line.startsWith("--   "))
        .map(NAMED_LINE::matcher)
        .peek(line -> assertThat(line.toString(), line.matches()))
        .map(line -> line.group(1))
        .toList();
  }

  private static String key(String headerLine) {
    return headerLine.substring(3, headerLine.indexOf(':'));
  }

  private static String statement(SqlFile report) {
    return report.text().lines().dropWhile(line -> line.startsWith("--")).collect(joining("\n"));
  }

  private static Set<String> columns(Pattern line, SqlFile report) {
    return line.matcher(report.text())
        .results()
        .flatMap(match -> Arrays.stream(match.group(1).split(", ", -1)))
        .collect(toSet());
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(SqlFilesTest::group).collect(toSet());
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }

  private static Set<String> names(List<SqlFile> files) {
    return files.stream().map(SqlFile::name).collect(toSet());
  }

  private static Set<String> namesOnDisk(String directory) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.sql$", ""))
          .collect(toSet());
    }
  }

  private static Collector<String, ?, Set<String>> toSet() {
    return toCollection(TreeSet::new);
  }
}
