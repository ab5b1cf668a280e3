package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.pipeline.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls that people get wrong, through the whole program: exit code 2, one line about each flag
 * that is wrong, nothing on stdout, no stack trace, nothing made, no secret repeated.
 *
 * <p>In calls and words {@code DIR} is a folder with a file {@code file}, a folder {@code empty}
 * and nothing else; arguments stand apart by one space, and {@code ~} is a space within one.
 */
class WrongCallsTest {
  private static final String ID = "4nT7zK0q1uRtVwX2yZaBcD";
  private static final String SECRET = "hunter2hunter2";
  private static final String RUN = "--playlists=" + ID + " --lake=DIR/lake ";

  private final Path folder;

  WrongCallsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    JobRun.write(folder.resolve("file"), "precious");
    Files.createDirectory(folder.resolve("empty"));
  }

  /**
   * A call, and what is said of it.
   *
   * @param said one line each: the flag or word that it is about, a bar, and a key word
   */
  record Call(String args, List<String> said) {
    Call(String args, String... said) {
      this(args, List.of(said));
    }

    @Override
    public String toString() {
      return args;
    }
  }

  static Stream<Call> calls() {
    return Stream.of(commands(), flags(), valuesApart(), values(), places(), others(), secrets())
        .flatMap(calls -> calls);
  }

  private static Stream<Call> commands() {
    return Stream.of(
        new Call("qurey --lake=DIR --report=songs", "Unknown command 'qurey'|mean query?"),
        new Call("Query --list", "Unknown command 'Query'|mean query?"),
        new Call("STATUS", "Unknown command 'STATUS'|mean status?"),
        new Call("stat~us", "Unknown command 'stat us'|mean status?"),
        new Call("hepl", "Unknown command 'hepl'|mean help?"),
        new Call("logn --clientId=x", "Unknown command 'logn'|mean login?"),
        new Call("paln", "Unknown command 'paln'|mean plan?"),
        new Call("rum", "Unknown command 'rum'|mean run?"),
        new Call("complete bash", "Unknown command 'complete'|mean completion?"),
        new Call("help qurey", "Unknown command 'qurey'|mean query?"),
        new Call("help everything", "Unknown command 'everything'|See help"),
        new Call("help query status", "help |one command"),
        new Call("help --lake", "--lake|not of help"),
        new Call("report --lake=DIR", "Unknown command 'report'|See help"),
        new Call("purge", "Unknown command 'purge'|See help"),
        new Call("help purge", "Unknown command 'purge'|See help"),
        new Call("--lake=DIR/lake query --report=x", "query |comes first"),
        new Call("run --lake=DIR/lake run", "run |comes first"),
        new Call("query status", "status |comes first"),
        new Call("playlists.csv", "Unknown command 'playlists.csv'|See help"),
        new Call("lake", "Unknown command 'lake'|mean --lake?"),
        new Call("''", "Unknown command ''|See help"),
        new Call("completion ", "completion |bash or zsh"),
        new Call("completion fish", "completion |bash or zsh"),
        new Call("completion bash zsh", "completion |bash or zsh"));
  }

  private static Stream<Call> flags() {
    return Stream.of(
        // A flag that is none.
        new Call("--hepl", "--hepl |mean --help?"),
        new Call("--vesrion", "--vesrion |mean --version?"),
        new Call("--Lake=DIR/lake", "--Lake |mean --lake?"),
        new Call("--playlist=" + ID, "--playlist |mean --playlists?"),
        new Call("--playlist " + ID, "--playlist |mean --playlists?"),
        new Call("-lake=DIR/lake", "-lake |mean --lake?"),
        new Call("\u2013lake=DIR/lake", "\u2013lake |mean --lake?"),
        new Call("-x", "-x |not a flag"),
        new Call("-hV", "-hV |not a flag"),
        new Call("--", "-- |not a flag"),
        new Call("--zzzzzzzzzz=1", "--zzzzzzzzzz |See help run"),
        new Call("query --reprot=songs", "--reprot |mean --report?"),
        new Call("query -list", "-list |mean --list?"),
        new Call("query --list -V", "-V |not a flag"),
        new Call("status --Lake=DIR", "--Lake |mean --lake?"),
        new Call("status --", "-- |See help status"),
        new Call("plan --ofline --playlists=" + ID, "--ofline |mean --offline?"),
        new Call(RUN + "import", "import |not a flag"),
        // A flag of another command.
        new Call(RUN + "--report=songs", "--report |is a flag of query, not of run"),
        new Call(RUN + "--format=csv", "--format |of plan, query and status, not of run"),
        new Call("status --report=songs", "--report |is a flag of query, not of status"),
        new Call(
            "query --list --ingestDate=2026-11-20", "--ingestDate |run and status, not of query"),
        new Call("query --list --runner=x", "--runner |is a flag of run, not of query"),
        new Call("plan --excel", "--excel |of query, not of plan"),
        new Call("login --playlists=me", "--playlists |is a flag of run, not of login"),
        new Call("login --version", "--version |is a flag of run, not of login"));
  }

  /** A value that is missing, is not wanted, or stands twice. */
  private static Stream<Call> valuesApart() {
    return Stream.of(
        new Call("--lake", "--lake |needs a value, for example --lake=./lake"),
        new Call("--lake=", "--lake |needs a value"),
        new Call("--lake ''", "--lake |needs a value"),
        new Call("--lake --maxAge", "--lake |needs a value", "--maxAge |needs a value"),
        new Call(
            "--lake --nonsense x --maxAge=y",
            "--lake |needs a value",
            "--nonsense |not a flag",
            "--maxAge: |whole number"),
        new Call("status --lake", "--lake |needs a value"),
        new Call(
            "query --report --list", "--report |needs a value, for example --report=top_artists"),
        new Call("query --report=top_artists --param", "--param |needs a value"),
        new Call(RUN + "--allowGone maybe", "maybe |not a flag"),
        new Call(RUN + "--flinkMaster", "--flinkMaster |needs a value"),
        new Call("query --list=yes", "--list |takes no value"),
        new Call("query --list yes", "yes |not a flag"),
        new Call("query --list --list=", "--list |takes no value"),
        new Call("query --list --list", "--list |given twice"),
        new Call("login --liked=yes", "--liked |takes no value"),
        new Call(RUN + "--maxAge=1 --maxAge=1", "--maxAge |given twice"),
        new Call(RUN + "--maxAge 1 --maxAge 2", "--maxAge |given twice"),
        new Call("status --lake=a --lake b", "--lake |given twice"));
  }

  private static Stream<Call> values() {
    return Stream.of(
        new Call(
            RUN + "--ingestDate=tomorrow --maxAge=x --maxRejected=-1",
            "--ingestDate: |not a date",
            "--maxAge: |whole number",
            "--maxRejected: |below 0"),
        new Call(RUN + "--maxRejected -1", "--maxRejected: |below 0"),
        new Call(RUN + "--ingestDate=2026-02-30", "--ingestDate: |'2026-02-30'"),
        new Call("status --ingestDate=2026-02-30", "--ingestDate: |'2026-02-30'"),
        new Call("status --ingestDate 2026-02-30", "--ingestDate: |'2026-02-30'"),
        new Call(RUN + "--enrich=all", "--enrich: |none of auto, none, albums"),
        new Call(RUN + "--verbose=loud", "--verbose: |neither true nor false"),
        new Call(RUN + "--runner=SparkRunner", "--runner: |neither DirectRunner nor FlinkRunner"),
        new Call(RUN + "--runner SparkRunner", "--runner: |neither DirectRunner nor FlinkRunner"),
        new Call(RUN + "--parallelism=many", "--parallelism: |whole number"),
        new Call(RUN + "--okExitCodes=1", "--okExitCodes: |neither 3 nor 4"),
        new Call("query --list --format=xml", "--format: |none of table, csv, json, markdown"),
        new Call("status --format=csv", "--format: |none of table, json"),
        new Call("plan --playlists=" + ID + " --format=csv", "--format: |none of table, json"),
        new Call("status --run=latest", "--run: |'latest'"),
        new Call(
            "status --maxRejected=-1 --okExitCodes=9",
            "--maxRejected: |below 0",
            "--okExitCodes: |'9'"),
        new Call("status --endpoint=nowhere", "--endpoint: |not a URL"),
        new Call("query --report=top_artist", "--report: |did you mean top_artists"),
        new Call("query --report songs", "--report: |--list shows all"),
        new Call("query --sql=SELECT~1 --list", "--sql: |--list"),
        new Call("query --param top=3", "--param: |--report"),
        new Call("query --report=top_artists --param top", "--param: |name=value"),
        new Call(
            "query --report=top_artists --param as_of=1 --param=as_of=2",
            "--param: |twice",
            "--param: |as_of"),
        new Call("query --report=top_artists --param top=3", "--param: |top"));
  }

  private static Stream<Call> places() {
    return Stream.of(
        new Call("--lake=DIR/lake", "--playlists: |is missing"),
        new Call("run --lake DIR/lake", "--playlists: |is missing"),
        new Call(
            "--playlists=DIR/none.csv --lake=DIR/lake", "--playlists: |no file 'DIR/none.csv'"),
        new Call("@DIR/none.args", "@DIR/none.args|argument file"),
        new Call("run @DIR", "Could not read argument file |DIR"),
        new Call("status @DIR/file", "@DIR/file |not a flag"),
        new Call("--playlists=" + ID + " --lake=DIR/file", "--lake: |'DIR/file' is a file"),
        new Call("--playlists=" + ID + " --lake=s3://", "--lake: |no bucket"),
        new Call("--playlists=" + ID + " --lake=gs://b/x", "--lake: |'gs://b/x'"),
        new Call("status --lake=s3:", "--lake: |no bucket"),
        new Call("status --lake=DIR/none", "--lake: |no folder 'DIR/none'"),
        new Call("status --lake DIR/none", "--lake: |no folder 'DIR/none'"),
        new Call("status --lake=DIR/file", "--lake: |'DIR/file' is a file"),
        new Call("query --lake=DIR/file --report=top_artists", "--lake: |'DIR/file' is a file"),
        new Call("query --lake=DIR/empty --report=top_artists", "--lake: |'DIR/empty'"),
        new Call(RUN + "--from=raw:DIR/none", "--from: |'DIR/none'"),
        new Call(RUN + "--apiUrl=api.spotify.com", "--apiUrl: |'api.spotify.com'"));
  }

  /** Of commands that ask Spotify. */
  private static Stream<Call> others() {
    return Stream.of(
        new Call("login --port=0", "--port: |below 1"),
        new Call("login --port=x --timeout=0", "--port: |whole number", "--timeout: |below 1"),
        new Call(
            "plan --playlists="
                + ID
                + " --lake=DIR/none --offline --ingestDate=2026-11-20 --apiUrl=http://127.0.0.1:9",
            "--offline: |'DIR/none'"),
        new Call("plan --playlists=" + ID + " --rate=fast", "--rate: |'fast'"),
        new Call("plan --playlists " + ID + " --rate 0", "--rate: |above 0"),
        new Call(RUN + "--mine=friends", "--mine: |none of owned, all"),
        new Call(RUN + "--addedBy=mask", "--addedBy: |none of keep, hash, drop"),
        new Call(
            "--playlists=me --from=raw:DIR/none --lake=DIR/lake",
            "--playlists: |me and liked",
            "--from: |'DIR/none'"));
  }

  /** A secret where none belongs. */
  private static Stream<Call> secrets() {
    return Stream.of(
        new Call(RUN + "--credentials=" + SECRET, "--credentials: |reference"),
        new Call(RUN + "--credentials " + SECRET, "--credentials: |reference"),
        new Call("login --credentials " + SECRET, "--credentials: |reference"),
        new Call("login --clientId $" + SECRET, "--clientId: |not a client id"),
        new Call(
            RUN + "--credentials=secretsmanager:" + SECRET,
            "--credentials: |arn:aws:secretsmanager"),
        new Call(
            RUN + "--credentials --token " + SECRET,
            "--credentials |needs a value",
            "--token |not a flag"),
        new Call("--clientSecret " + SECRET, "--clientSecret |not a flag"),
        new Call("--clientSecret=" + SECRET, "--clientSecret |not a flag"),
        new Call("-clientSecret " + SECRET, "-clientSecret |not a flag"),
        new Call("status --token " + SECRET, "--token |See help status"),
        new Call("status --credentials " + SECRET, "--credentials |not of status"),
        new Call(
            "SPOTIFY_CLIENT_SECRET=" + SECRET, "Unknown command 'SPOTIFY_CLIENT_SECRET'|See help"),
        new Call(RUN + "SPOTIFY_CLIENT_SECRET=" + SECRET, "SPOTIFY_CLIENT_SECRET |not a flag"),
        new Call(
            RUN + "--awsCredentialsProvider={\"awsSecretKey\":\"" + SECRET + "\"",
            "--awsCredentialsProvider: |cannot be read"),
        new Call(
            RUN + "--awsCredentialsProvider {\"awsSecretKey\":\"" + SECRET + "\"",
            "--awsCredentialsProvider: |cannot be read"),
        new Call(
            RUN + "--accountsUrl=http://me:" + SECRET + "@host",
            "--accountsUrl: |'http://...@host'"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aWrongCallIsExplained(Call call) throws IOException {
    String[] args =
        Arrays.stream(call.args().split(" "))
            .map(arg -> arg.equals("''") ? "" : arg.replace('~', ' '))
            .map(arg -> arg.replace("DIR", folder.toString()))
            .toArray(String[]::new);
    JobRun run = JobRun.of(args);
    assertThat(run.err(), run.exitCode(), is(ExitCode.BAD_INPUT.number()));
    List<Matcher<? super String>> lines = new ArrayList<>();
    for (String said : call.said()) {
      String[] parts = said.replace("DIR", folder.toString()).split("\\|", 2);
      lines.add(allOf(startsWith(parts[0]), containsString(parts[1])));
    }
    assertThat(run.errLines(), contains(lines));
    assertThat(run.out(), is(""));
    for (String trace : List.of("\tat ", "Exception", SECRET)) {
      assertThat(run.err(), not(containsString(trace)));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(
          left.map(path -> path.getFileName().toString()).sorted().toList(),
          is(List.of("empty", "file")));
    }
    assertThat(Files.exists(Path.of("lake")) || Files.exists(Path.of("lake-sample")), is(false));
  }

  @Test
  void thereAreManyOfThemAndSomeOfEveryCommand() {
    assertThat(calls().count(), is(greaterThanOrEqualTo(100L)));
    for (Commands command : Commands.values()) {
      boolean isThere = calls().anyMatch(call -> call.args().startsWith(command.word() + " "));
      assertThat("a wrong call of " + command.word(), isThere, is(true));
    }
  }
}
