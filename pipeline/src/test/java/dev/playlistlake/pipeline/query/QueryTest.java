package dev.playlistlake.pipeline.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.ResultStream;
import dev.playlistlake.queries.sql.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code query} through the whole program, over a lake of an app of the newer kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all
class QueryTest {
  private Path folder;
  private Path lake;

  @BeforeAll
  void makeTheLake(@TempDir Path folder) {
    this.folder = folder;
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(
            SampleCatalog.create(), StandInOptions.defaults().withDialect(Dialect.RESTRICTED))) {
      JobRun run =
          JobRun.against(
              spotify,
              folder,
              "--playlists="
                  + String.join(
                      ",", SampleCatalog.KITCHEN, SampleCatalog.SUNSET, SampleCatalog.CRATE));
      assertThat(run.err(), run.exitCode(), is(0));
      lake = run.lake();
      assertThat(run.err(), containsString(" query --lake=" + lake + " --report=top_artists\n"));
    }
  }

  @Test
  void aReportIsATableWithItsNumberOfRows() {
    JobRun query = query("--report=top_artists");
    assertThat(query.err(), query.exitCode(), is(0));
    List<String> lines = query.out().lines().toList();
    assertThat(lines.get(0), startsWith("rank  artist_id"));
    assertThat(lines.get(2), startsWith("   1  "));
    assertThat(lines.get(lines.size() - 1), is("(" + (lines.size() - 3) + " rows)"));
    assertThat(query.err(), is(""));
  }

  @Test
  void aStatementIsAnsweredInOtherFormats() throws IOException {
    String sql = "--sql=SELECT name, item_count, fetched_at FROM playlist ORDER BY name";
    JobRun json = query(sql, "--format=json");
    assertThat(json.err(), json.exitCode(), is(0));
    JsonNode rows = new ObjectMapper().readTree(json.out());
    assertThat(rows.get(0).get("item_count").isInt(), is(true));
    assertThat(rows.get(0).get("fetched_at").asText().endsWith("Z"), is(true));
    JobRun csv = query(sql, "--format=csv");
    assertThat(csv.out(), startsWith("name,item_count,fetched_at\r\n"));
    assertThat(csv.out().split("\r\n"), is(arrayWithSize(rows.size() + 1)));
  }

  @Test
  void aReportSaysWhatThisAppCouldNotRead() {
    List<Report> poor =
        Report.all().stream().filter(report -> !report.requires().isEmpty()).toList();
    assertThat(poor, is(not(empty())));
    for (Report report : poor) {
      JobRun query = query("--report=" + report.name());
      assertThat(report.name() + query.err(), query.exitCode(), is(2));
      assertThat(query.out(), is(""));
      assertThat(
          query.errLines().get(0),
          startsWith("--report: " + report.name() + " cannot be answered"));
    }
  }

  @Test
  void popularityWithheldNamesTheAppsThatReadIt() {
    assertThat(
        query("--report=most_popular_tracks").errLines(),
        contains(containsString("hold no song.popularity on "), containsString("extended quota")));
  }

  @Test
  void reportsAreListedWithoutALake() {
    JobRun list = JobRun.of("query", "--list");
    assertThat(list.err(), list.exitCode(), is(0));
    for (Report report : Report.all()) {
      assertThat(list.out().lines().toList(), hasItem(report.name()));
    }
    assertThat(
        JobRun.of("query", "--list", "--report=top_artists").out(),
        containsString("\nGrain: one row per artist"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--reprot=x              | --reprot | Did you mean --report?",
        "--nothingLikeIt=1       | --nothingLikeIt | See help query",
        "top_artists             | top_artists | not a flag",
        "--report=top_artist     | --report | did you mean top_artists",
        "--report=zzzzzzzzzzzz   | --report | --list",
        "--report=playlist_contents_with_genres | --report | playlist_as_of",
        "--report                | --report | needs a value",
        "--list=yes              | --list | takes no value",
        "--format=xml            | --format | 'xml' is none of table, csv, json, markdown",
        "--param=x               | --param | name=value",
        "--param=x=1             | --param | --report",
        "--sql=                  | --sql | needs a value",
        "--sql=SELECT nme FROM song | --sql | nme",
        "--sql=DROP VIEW song    | --sql | only reads",
      })
  void oneWrongFlagIsSaid(String arg, String flag, String key) {
    JobRun query = query(arg);
    assertThat(query.err(), query.exitCode(), is(2));
    assertThat(query.errLines().get(0), allOf(startsWith(flag), containsString(key)));
    assertThat(query.err(), not(containsString("\tat ")));
    assertThat(query.out(), is(""));
  }

  @Test
  void allWrongFlagsAreSaidAtOnce() {
    assertThat(
        query(
                "--report=top_artists",
                "--formt=csv",
                "--param",
                "nonsense=3",
                "--param=as_of=1",
                "x")
            .errLines(),
        contains(
            startsWith("--formt is not a flag"),
            startsWith("--param: nonsense:"),
            startsWith("--param: as_of: '1'"),
            startsWith("x is not a flag")));
    assertThat(
        query("--report=top_artists", "--sql=SELECT 1").errLines(),
        contains(allOf(startsWith("--sql: "), containsString("--report"))));
  }

  @Test
  void withoutAnyFlagItListsTheReports() {
    JobRun query = JobRun.of("query");
    assertThat(query.err(), query.exitCode(), is(0));
    assertThat(query.out(), is(JobRun.of("query", "--list").out()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        " %s ",
        "https://open.spotify.com/playlist/%s?si=x",
        "spotify:playlist:%s",
        "Kitchen Radio 🎧🍋",
        "kitchen radio 🎧🍋"
      })
  void aPlaylistIsGivenAsIdLinkOrName(String form) {
    JobRun byId = query("--report=playlist_as_of", "--param=playlist_id=" + SampleCatalog.KITCHEN);
    JobRun given =
        query(
            "--report=playlist_as_of",
            "--param=playlist_id=" + form.formatted(SampleCatalog.KITCHEN));
    assertThat(given.err(), given.exitCode(), is(0));
    assertThat(byId.out().lines().count(), greaterThan(5L));
    assertThat(given.out(), is(byId.out()));
  }

  @Test
  void aPlaylistThatTheLakeDoesNotKnowIsSaid() {
    assertThat(
        problem("--report=top_artists", "--param=playlist_id=Kitchen Rdaio 🎧🍋"),
        allOf(containsString("no playlist 'Kitchen Rdaio"), containsString("'Kitchen Radio")));
    assertThat(
        problem("--report=top_artists", "--param=playlist_id=kitchen"),
        containsString("did you mean 'Kitchen Radio"));
    assertThat(
        problem("--report=rotation", "--param=playlist_id=" + "0".repeat(22)),
        containsString("no playlist"));
    assertThat(
        problem(
            "--report=top_artists",
            "--param=playlist_id=" + SampleCatalog.KITCHEN.toLowerCase(Locale.ROOT)),
        containsString("did you mean " + SampleCatalog.KITCHEN));
    assertThat(
        problem("--report=playlists_of_song", "--param=track_id=spotify:track:" + "0".repeat(22)),
        containsString("no song"));
  }

  private String problem(String... args) {
    JobRun query = query(args);
    assertThat(query.err(), query.exitCode(), is(2));
    assertThat(query.out(), is(""));
    assertThat(query.errLines(), hasSize(1));
    return query.errLines().get(0);
  }

  @Test
  void numbersBelowOneAndOtherDaysAreSaid() {
    assertThat(
        problem("--report=songs_in_most_playlists", "--param=top_n=-3"),
        containsString("at least 1"));
    assertThat(
        problem("--report=songs_in_most_playlists", "--param=top_n=0"),
        containsString("at least 1"));
    JobRun later = query("--report=top_artists", "--param=as_of=2999-01-01");
    assertThat(later.exitCode(), is(0));
    assertThat(later.errLines(), contains(containsString("2999-01-01")));
  }

  @Test
  void errorsKeepEmoji() {
    assertThat(
        problem("--sql=SELECT '🎵🎶'::INT"),
        allOf(containsString("'🎵🎶' to INT32"), containsString("(line 1, character 12)")));
    assertThat(problem("--sql=SELECT '" + "🎵".repeat(30) + "'::INT"), containsString("🎵"));
    assertThat(query("--sql=SELECT * FROM \"🎵\"").errLines().get(0), containsString("table 🎵"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COPY (SELECT 1) TO 'x.csv'           | --format=csv >",
        "copy playlist to 'x.parquet'         | --format=csv >",
        "@question.sql                        | $(cat FILE)",
        "SELECT * FROM song WHERE name = \"X\" | 'X'",
      })
  void whatPeopleTryGetsAHint(String sql, String hint) {
    JobRun query = query("--sql=" + sql);
    assertThat(query.err(), query.exitCode(), is(2));
    assertThat(query.err(), containsString(hint));
  }

  @Test
  void excelGetsTextsThatAreNoFormulas() {
    String sql = "--sql=SELECT '=1+1' AS a, '-x' AS b, -5 AS c, '@y' AS d, 'z' AS e, chr(9) AS f";
    assertThat(query(sql, "--excel").out(), is("\uFEFFa,b,c,d,e,f\r\n'=1+1,'-x,-5,'@y,z,'\t\r\n"));
    assertThat(query(sql, "--format=csv").out(), is("a,b,c,d,e,f\r\n=1+1,-x,-5,@y,z,\t\r\n"));
    assertThat(problem(sql, "--excel", "--format=json"), containsString("--excel"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=hanna", "ingest_date=2020-01-01", "run_id=x/y"})
  void foldersAboveTheLakeAreNoColumns(String above) throws IOException {
    Path copy = folder.resolve(above).resolve("lake");
    copyTree(lake, copy);
    String sql =
        "SELECT i.ingest_date, l.name, count(*) AS items FROM playlist_item AS i"
            + " JOIN latest_playlist AS l ON l.playlist_id = i.playlist_id"
            + " GROUP BY 1, 2 ORDER BY 1, 2";
    JobRun query = JobRun.of("query", "--lake=" + copy, "--sql=" + sql);
    assertThat(query.err(), query.exitCode(), is(0));
    assertThat(query.out(), is(query("--sql=" + sql).out()));
  }

  @Test
  void aLinkedDayIsFollowedAndABrokenLinkIsNamed() throws IOException {
    Path copy = folder.resolve("linked");
    copyTree(lake, copy);
    Path table = copy.resolve("playlist_item");
    Path day;
    try (Stream<Path> days = Files.list(table)) {
      day = days.findFirst().orElseThrow();
    }
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(day, elsewhere);
    Files.createSymbolicLink(day, elsewhere);
    String sql = "--sql=SELECT count(*) FROM playlist_item";
    JobRun followed = JobRun.of("query", "--lake=" + copy, sql);
    assertThat(followed.err(), followed.exitCode(), is(0));
    assertThat(followed.out(), is(query(sql).out()));
    Files.move(elsewhere, folder.resolve("moved"));
    JobRun broken = JobRun.of("query", "--lake=" + copy, sql);
    assertThat(broken.exitCode(), is(7));
    assertThat(broken.err(), containsString(day.toString()));
    assertThat(JobRun.of("query", "--lake=" + copy, "--sql=SELECT 1").exitCode(), is(0));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        if (Files.isRegularFile(path)) {
          Files.copy(path, copy);
        }
      }
    }
  }

  @Test
  void aPlaceThatIsNoLakeIsSaid() throws IOException {
    Path file = JobRun.write(folder.resolve("file"), "");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path odd = Files.createDirectories(folder.resolve("od[d]/run/ingest_date=2026-11-20"));
    JobRun.write(odd.resolve("20261120T060000Z-0001.parquet"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("od[d]"));
    List<String> said = new ArrayList<>();
    for (String place :
        List.of(
            folder.resolve("none").toString(),
            file.toString(),
            empty.toString(),
            link.toString())) {
      JobRun query = JobRun.of("query", "--lake=" + place, "--report=top_artists");
      assertThat(query.err(), query.exitCode(), is(2));
      assertThat(query.errLines(), hasSize(1));
      said.addAll(query.errLines());
    }
    assertThat(
        said,
        contains(
            startsWith("--lake: there is no folder '" + folder.resolve("none") + "'"),
            startsWith("--lake: '" + file + "' is a file"),
            startsWith("--lake: '" + empty + "' is not a lake: it has no table of runs"),
            containsString("od[d]' holds a wildcard")));
  }

  @Test
  void aDamagedRowIsNamedAndItsRunIsNotPublished() throws IOException {
    Path damaged = folder.resolve("damaged");
    Path day = Files.createDirectories(damaged.resolve("run/ingest_date=2026-11-20"));
    Path row = JobRun.write(day.resolve("20261120T060000Z-0001.parquet"), "this is no parquet");
    JobRun query = JobRun.of("query", "--lake=" + damaged, "--report=top_artists");
    assertThat(query.err(), query.exitCode(), is(0));
    assertThat(query.errLines(), hasItem(containsString(row.getFileName().toString())));
    assertThat(query.errLines(), hasItem(containsString("no published run")));
  }

  /** It comes to light while the report's columns are checked, and leaves no day to ask about. */
  @Test
  void aDamagedPageLeavesItsDayOutOfAReport() throws IOException {
    Path torn = copyOfTheLake("torn");
    Path song;
    try (Stream<Path> files = Files.walk(torn.resolve("song"))) {
      song = files.filter(file -> file.toString().endsWith(".parquet")).sorted().findFirst().get();
    }
    byte[] bytes = Files.readAllBytes(song);
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    Arrays.fill(bytes, 4, bytes.length - 8 - footer, (byte) 0x5a);
    Files.write(song, bytes);
    JobRun query = JobRun.of("query", "--lake=" + torn, "--report=most_popular_tracks");
    assertThat(query.err(), query.exitCode(), is(0));
    assertThat(query.errLines(), hasItem(containsString(song.getFileName().toString())));
    assertThat(query.errLines(), hasItem(containsString("no published run")));
  }

  private Path copyOfTheLake(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (Stream<Path> files = Files.walk(lake)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(lake.relativize(file).toString()));
      }
    }
    return copy;
  }

  @Test
  void aFolderThatMayNotBeReadIsTheLakesFault() throws IOException {
    Path closed = Files.createDirectories(folder.resolve("closed/run/ingest_date=2026-11-20"));
    assumeTrue(closed.toFile().setReadable(false, false) && !Files.isReadable(closed));
    JobRun query = JobRun.of("query", "--lake=" + folder.resolve("closed"), "--report=runs");
    assertThat(query.err(), query.exitCode(), is(7));
    assertThat(query.errLines(), contains(containsString(closed.toString())));
  }

  @Test
  void aLinkMayBeNamedAsItLikes() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("any*"), lake);
    JobRun query = JobRun.of("query", "--lake=" + link, "--report=top_artists", "--format=csv");
    assertThat(query.err(), query.exitCode(), is(0));
    assertThat(query.out(), is(query("--report=top_artists", "--format=csv").out()));
  }

  @Test
  void aLakeOfFailedRunsOnlySaysSoAndAnswers() throws IOException {
    Path unpublished = Files.createDirectories(folder.resolve("unpublished"));
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      JobRun run =
          JobRun.into(
              spotify,
              JobRun.credentials(unpublished, JobRun.CLIENT_ID, "wrong"),
              unpublished.resolve("lake").toString(),
              "--playlists=" + SampleCatalog.KITCHEN);
      assertThat(run.err(), run.exitCode(), is(5));
    }
    String status = "NOT_AUTHORISED";
    String said =
        "The lake has no published run; its newest one ended as "
            + status
            + ". All views are empty; see stored_run for its runs.";
    for (Report report : Report.all()) {
      JobRun query =
          JobRun.of(
              "query",
              "--lake=" + unpublished.resolve("lake"),
              "--report=" + report.name(),
              "--format=csv");
      assertThat(query.err(), query.exitCode(), is(0));
      assertThat(query.errLines(), contains(said));
      boolean isAboutRuns = report.name().equals("runs");
      assertThat(query.out().split("\r\n"), is(arrayWithSize(isAboutRuns ? 2 : 1)));
      assertThat(query.out().contains(status), is(isAboutRuns));
    }
    assertThat(
        JobRun.of(
                "query",
                "--lake=" + unpublished.resolve("lake"),
                "--report=top_artists",
                "--param=as_of=2026-11-20")
            .exitCode(),
        is(2));
  }

  @ParameterizedTest
  @CsvSource({
    "Broken pipe, 0, ''",
    "No space left on device, 7, 'The answer could not be written: No space left on device'",
  })
  void whatCannotBeWrittenIsSaid(String why, int exitCode, String said) {
    for (String ask :
        List.of("--report=top_artists", "--sql=SELECT 1", "--sql=EXPLAIN SELECT 1", "--list")) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      OutputStream full =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw new IOException(why);
            }
          };
      int code =
          Program.run(
              new String[] {"query", "--lake=" + lake, ask},
              ResultStream.to(full),
              new PrintStream(err, true, StandardCharsets.UTF_8));
      assertThat(ask, err.toString(StandardCharsets.UTF_8).strip(), is(said));
      assertThat(ask, code, is(exitCode));
    }
  }

  @Test
  void parametersAreUsed() {
    assertThat(
        query("--report=top_artists", "--param", "as_of=2019-01-01").errLines(),
        contains("--param: as_of: '" + lake + "' holds no published day up to 2019-01-01"));
    JobRun query =
        query("--report=top_artists", "--param=playlist_id=" + SampleCatalog.CRATE, "--format=csv");
    assertThat(query.err(), query.exitCode(), is(0));
    assertThat(query.out().split("\r\n")[1].endsWith(",1"), is(true));
  }

  private JobRun query(String... args) {
    List<String> all = new ArrayList<>(List.of("query", "--lake=" + lake));
    all.addAll(List.of(args));
    return JobRun.of(all.toArray(new String[0]));
  }
}
