package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.testing.Required;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented recipe, its views and all reports in the versions of DuckDB that people have. */
class OlderDuckDbIT {
  private static final Path JARS = Path.of("target", "older-duckdb");
  private static final Pattern RECIPE =
      Pattern.compile("(?s)<!-- begin: shell -->\n```\n(.*?)```\n<!-- end: shell -->");

  /** Also below a folder whose name looks like a column. */
  @Test
  void allVersionsAnswerAlike(@TempDir Path folder) throws Exception {
    if (!Files.isDirectory(JARS)) {
      Required.orSkip("duckdb", "-Dplaylistlake.olderDuckDb brings older versions of DuckDB");
    }
    Path lake = TinyLake.write(folder.resolve("name=x/ingest_date=2020-01-01/lake"));
    String recipe = recipe(lake, folder);
    Map<String, List<String>> expected = answers(new DuckDBDriver(), recipe);
    assertThat(expected.size(), greaterThan(40));
    int versions = 0;
    try (Stream<Path> jars = Files.list(JARS)) {
      for (Path jar : jars.sorted().toList()) {
        try (URLClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
          Driver driver =
              (Driver)
                  loader
                      .loadClass("org.duckdb.DuckDBDriver")
                      .getDeclaredConstructor()
                      .newInstance();
          Map<String, List<String>> answers = answers(driver, recipe);
          for (Map.Entry<String, List<String>> answer : expected.entrySet()) {
            assertThat(
                jar.getFileName() + ": " + answer.getKey(),
                answers.get(answer.getKey()),
                equalTo(answer.getValue()));
          }
          versions++;
        }
      }
    }
    assertThat(versions, is(3));
  }

  /** What the page's shell makes of the prelude and the views, run as it stands there. */
  private static String recipe(Path lake, Path folder) throws Exception {
    Matcher recipe = RECIPE.matcher(Files.readString(Path.of("../docs/querying.md")));
    assertThat(recipe.find(), is(true));
    String shell = recipe.group(1);
    assertThat(shell, containsString("lake=./lake\n"));
    assertThat(shell, containsString("target/lake.sql"));
    Path script = folder.resolve("recipe.sh");
    Files.writeString(
        script,
        shell
            .replace("lake=./lake\n", "lake='" + lake + "'\n")
            .replace("target/lake.sql", folder.resolve("lake.sql").toString()));
    Process bash =
        new ProcessBuilder("bash", "-eu", script.toString())
            .directory(Path.of("..").toFile())
            .inheritIO()
            .start();
    assertThat(bash.waitFor(60, TimeUnit.SECONDS) && bash.exitValue() == 0, is(true));
    return Files.readString(folder.resolve("lake.sql"));
  }

  private static Map<String, List<String>> answers(Driver driver, String recipe)
      throws SQLException, IOException {
    Map<String, List<String>> answers = new TreeMap<>();
    try (Connection duckDb = driver.connect("jdbc:duckdb:", new Properties())) {
      try (Statement all = duckDb.createStatement()) {
        all.execute(recipe);
      }
      for (SqlFiles.SqlFile view : SqlFiles.views()) {
        answers.put(view.name(), json(duckDb, view.name() + " AS t ORDER BY 1"));
      }
      for (SqlFiles.SqlFile report : SqlFiles.reports()) {
        answers.put(report.name(), json(duckDb, "(\n" + report.text() + "\n) AS t"));
      }
    }
    return answers;
  }

  /** The drivers show structs and lists each in its own way. */
  private static List<String> json(Connection duckDb, String from) throws SQLException {
    return Sql.rows(duckDb, "SELECT to_json(t) FROM " + from);
  }
}
