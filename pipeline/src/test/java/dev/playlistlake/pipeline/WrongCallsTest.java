package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.pipeline.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls that people get wrong, through the whole program: exit code 2, exactly these words, nothing
 * on stdout, no stack trace, nothing made, no secret repeated.
 *
 * <p>In calls and words {@code DIR} is a folder with a file {@code file}, a folder {@code empty}
 * and nothing else; arguments stand apart by one space, and {@code ~} is a space within one.
 */
class WrongCallsTest {
  private static final String ID = "4nT7zK0q1uRtVwX2yZaBcD";
  private static final String SECRET = "hunter2hunter2";
  private static final String NO_FLAG = ": is no flag; flags are --name=value; ";

  private final Path folder;

  WrongCallsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    JobRun.write(folder.resolve("file"), "precious");
    Files.createDirectory(folder.resolve("empty"));
  }

  /** A call, and what is said of it, a line each. */
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
    String run = "--playlists=" + ID + " --lake=DIR/lake ";
    return Stream.of(
        // A command that is none.
        new Call("qurey --lake=DIR --report=songs", "qurey: is no command; did you mean query"),
        new Call("Query --list", "Query: is no command; did you mean query"),
        new Call("STATUS", "STATUS: is no command; did you mean status"),
        new Call("stat~us", "stat us: is no command; did you mean status"),
        new Call("hepl", "hepl: is no command; did you mean help"),
        new Call("help qurey", "qurey: is no command; did you mean query"),
        new Call("help everything", "everything: is no command; help lists them"),
        new Call("help query status", "help: takes one command and nothing else, as in help query"),
        new Call("help --lake", "help: takes one command and nothing else, as in help query"),
        new Call(
            "report --lake=DIR",
            "report: is not there yet; without a command word this is the main job"),
        new Call(
            "help purge", "purge: is not there yet; without a command word this is the main job"),
        new Call(
            "--lake=DIR/lake query --report=x",
            "query: is a command, which stands before all flags"),
        new Call(
            "--lake=DIR/lake import",
            "import: is not there yet; without a command word this is the main job"),
        new Call("query status", "status" + NO_FLAG + "query --help lists them"),
        new Call("playlists.csv", "playlists.csv" + NO_FLAG + "--help lists them"),
        new Call("lake", "lake" + NO_FLAG + "did you mean --lake"),
        new Call("''", "''" + NO_FLAG + "--help lists them"),
        // A flag that is none.
        new Call("--hepl", "--hepl: is no flag of this program; did you mean --help"),
        new Call("--Lake=DIR/lake", "--Lake: is no flag of this program; did you mean --lake"),
        new Call(
            "--playlist=" + ID, "--playlist: is no flag of this program; did you mean --playlists"),
        new Call("-lake=DIR/lake", "-lake" + NO_FLAG + "did you mean --lake"),
        new Call("\u2013lake=DIR/lake", "\u2013lake" + NO_FLAG + "did you mean --lake"),
        new Call("--", "--: is no flag of this program; --help lists them"),
        new Call("--zzzzzzzzzz=1", "--zzzzzzzzzz: is no flag of this program; --help lists them"),
        new Call("query --reprot=songs", "--reprot: is no flag of query; did you mean --report"),
        new Call("query -list", "-list" + NO_FLAG + "did you mean --list"),
        new Call("status --Lake=DIR", "--Lake: is no flag of status; did you mean --lake"),
        new Call("status --", "--: is no flag of status; status --help lists them"),
        // A flag of somebody else.
        new Call(run + "--report=songs", "--report: is a flag of query, not of a run"),
        new Call(
            run + "--format=csv", "--format: is a flag of plan, query and status, not of a run"),
        new Call("status --report=songs", "--report: is a flag of query, not of status"),
        new Call(
            "query --list --ingestDate=2026-11-20",
            "--ingestDate: is a flag of a run and status, not of query"),
        // A value that is missing, stands apart, or stands twice.
        new Call("--lake", "--lake: has no value; it stands behind an equals sign, --lake=VALUE"),
        new Call(
            "--lake DIR/lake --maxAge 3",
            "--lake: has no value; it stands behind an equals sign, --lake=VALUE",
            "--maxAge: has no value; it stands behind an equals sign, --maxAge=VALUE"),
        new Call(
            run + "--allowGone false",
            "--allowGone: has no value; it stands behind an equals sign, --allowGone=VALUE"),
        new Call(
            "status --lake DIR",
            "--lake: has no value; it stands behind an equals sign, --lake=VALUE"),
        new Call(
            "query --report songs",
            "--report: has no value; it stands behind an equals sign, --report=VALUE"),
        new Call("query --list=yes", "--list: takes no value"),
        new Call("query --list --list=", "--list: takes no value"),
        new Call(run + "--maxAge=1 --maxAge=1", "--maxAge: is given twice"),
        new Call("status --lake=a --lake=b", "--lake: is given twice"),
        // A value that is wrong.
        new Call(
            run + "--ingestDate=tomorrow --maxAge=x --maxRejected=-1",
            "--maxAge: 'x' is no whole number",
            "--ingestDate: 'tomorrow' is no date like 2026-11-20",
            "--maxRejected: -1 is below 0"),
        new Call(
            run + "--ingestDate=2026-02-30",
            "--ingestDate: '2026-02-30' is no date like 2026-11-20"),
        new Call(
            "status --ingestDate=2026-02-30",
            "--ingestDate: '2026-02-30' is no date like 2026-11-20"),
        new Call(
            run + "--enrich=all",
            "--enrich: 'all' is none of auto, none, albums, artists, albums,artists"),
        new Call(run + "--verbose=loud", "--verbose: 'loud' is neither true nor false"),
        new Call(
            run + "--runner=SparkRunner",
            "--runner: 'SparkRunner' is neither DirectRunner nor FlinkRunner"),
        new Call(run + "--okExitCodes=1", "--okExitCodes: '1' is neither 3 nor 4"),
        new Call(
            "query --list --format=xml", "--format: 'xml' is none of table, csv, json, markdown"),
        new Call("status --format=csv", "--format: 'csv' is none of table, json"),
        new Call("status --run=latest", "--run: 'latest' is no run id like 20261120T060012Z-3f9c"),
        new Call(
            "query --report=top_artist",
            "--report: there is no report 'top_artist'; did you mean top_artists"),
        new Call(
            "query --sql=SELECT~1 --list", "--sql: stands for itself, without --report and --list"),
        new Call(
            "query --report=top_artists --param top=3",
            "--param: top: is no parameter of top_artists; it has as_of, playlist_id"),
        // A place that is none.
        new Call(
            "--lake=DIR/lake",
            "--playlists: is missing; give me, liked, ids, URIs or URLs, or a file with one a line"),
        new Call(
            "--playlists=DIR/none.csv --lake=DIR/lake",
            "--playlists: there is no file 'DIR/none.csv', and it is no playlist id (22 letters and"
                + " digits), URI or URL either, nor me or liked"),
        new Call(
            "--playlists=" + ID + " --lake=DIR/file",
            "--lake: 'DIR/file' is a file; give a folder or s3://bucket/prefix"),
        new Call(
            "--playlists=" + ID + " --lake=s3://",
            "--lake: 's3://' names no bucket; give s3://bucket/prefix"),
        new Call(
            "--playlists=" + ID + " --lake=gs://b/x",
            "--lake: 'gs://b/x' is neither a folder nor s3://bucket/prefix"),
        new Call("status --lake=s3:", "--lake: 's3:' names no bucket; give s3://bucket/prefix"),
        new Call(
            "status --lake=DIR/none",
            "--lake: there is no folder 'DIR/none'; give the folder that a run wrote to"),
        new Call("status --lake=DIR/file", "--lake: 'DIR/file' is a file; give a lake's folder"),
        new Call(
            "query --lake=DIR/file --report=top_artists",
            "--lake: 'DIR/file' is a file; give a lake's folder"),
        new Call(
            "query --lake=DIR/empty --report=top_artists",
            "--lake: 'DIR/empty' is no lake: it has no table of runs (run/ingest_date=.../)"),
        new Call(
            run + "--from=raw:DIR/none",
            "--from: 'DIR/none' holds no stored answers; give a lake's raw folder, raw:LAKE/raw"),
        new Call(
            run + "--apiUrl=api.spotify.com",
            "--apiUrl: 'api.spotify.com' must be scheme, host and port only, like https://host"),
        // Commands that ask Spotify.
        new Call("login --port=0", "--port: 0 is below 1"),
        new Call(
            "login --port=x --timeout=0",
            "--port: 'x' is no whole number",
            "--timeout: 0 is below 1"),
        new Call("login --liked=yes", "--liked: takes no value"),
        new Call("login --playlists=me", "--playlists: is a flag of a run, not of login"),
        new Call("logn --clientId=x", "logn: is no command; did you mean login"),
        new Call(
            "plan --ofline --playlists=" + ID,
            "--ofline: is no flag of plan; did you mean --offline"),
        new Call(
            "plan --playlists="
                + ID
                + " --lake=DIR/none --offline --ingestDate=2026-11-20 --apiUrl=http://127.0.0.1:9",
            "--offline: 'DIR/none' has no published day before 2026-11-20 to plan from; without --offline each playlist is asked for once"),
        new Call(
            "plan --playlists=" + ID + " --rate=fast",
            "--rate: 'fast' is no number of requests a second, above 0, like 10 or 2.5"),
        new Call("paln", "paln: is no command; did you mean plan"),
        new Call(run + "--mine=friends", "--mine: 'friends' is none of owned, all"),
        new Call(run + "--addedBy=mask", "--addedBy: 'mask' is none of keep, hash, drop"),
        new Call(
            "--playlists=me --from=raw:DIR/none --lake=DIR/lake",
            "--from: 'DIR/none' holds no stored answers; give a lake's raw folder, raw:LAKE/raw",
            "--playlists: me and liked are asked of Spotify; leave the flag out to replay the list that is stored with the answers"),
        // A secret where none belongs.
        new Call(
            run + "--credentials=" + SECRET,
            "--credentials: takes a reference, env, file:PATH or secretsmanager:ARN, never a secret"
                + " itself"),
        new Call(
            run + "--credentials=secretsmanager:" + SECRET,
            "--credentials: secretsmanager: takes the whole ARN of a secret,"
                + " arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME"),
        new Call(
            "--credentials " + SECRET,
            "--credentials: has no value; it stands behind an equals sign, --credentials=VALUE"),
        new Call(
            "--clientSecret " + SECRET,
            "--clientSecret: is no flag of this program; --help lists them"),
        new Call(
            "status --token " + SECRET, "--token: is no flag of status; status --help lists them"),
        new Call(
            "SPOTIFY_CLIENT_SECRET=" + SECRET,
            "SPOTIFY_CLIENT_SECRET" + NO_FLAG + "--help lists them"),
        new Call(
            run + "--awsCredentialsProvider={\"awsSecretKey\":\"" + SECRET + "\"",
            "--awsCredentialsProvider: its value cannot be read"),
        new Call(
            run + "--accountsUrl=http://me:" + SECRET + "@host",
            "--accountsUrl: 'http://...@host' must be scheme, host and port only, like https://host"));
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
    assertThat(
        run.errLines(),
        is(call.said().stream().map(line -> line.replace("DIR", folder.toString())).toList()));
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
    assertThat(calls().count(), is(greaterThanOrEqualTo(30L)));
    for (Command command : Command.values()) {
      boolean isThere = calls().anyMatch(call -> call.args().startsWith(command.word() + " "));
      assertThat("a wrong call of " + command.word(), isThere, is(true));
    }
  }
}
