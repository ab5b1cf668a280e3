package dev.playlistlake.pipeline.status;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.publish.StartRecord;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.ResultStream;
import dev.playlistlake.pipeline.run.RunVerdictTest;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.RunRowCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code status} through the whole program: over lakes of runs, and of rows alone. */
class StatusTest {
  private static final String DAY = "2026-11-20";
  private static final String EARLY = "20261120T060012Z-3f9c";
  private static final String LATE = "20261120T180000Z-0001";
  private static final String DAY_BEFORE = "2026-11-19";
  private static final String OLD = "20261119T060000Z-aaaa";
  private static final String CONFIG = "{\"maxRejected\":2,\"okExitCodes\":\"\"}";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /** Whatever a run has printed and exited with, its status is the same. */
  @Test
  void isWhatTheRunSaid() {
    LocalDate day = LocalDate.parse(DAY);
    String list = "--playlists=" + SampleCatalog.EMPTY + "," + SampleCatalog.MISSING;
    List<JobRun> runs = new ArrayList<>();
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      runs.add(JobRun.on(day, spotify, folder, list));
      JobRun.awaitNextSecond();
      runs.add(JobRun.on(day, spotify, folder, list, "--okExitCodes=4, 3"));
      runs.add(JobRun.on(day.plusDays(1), spotify, folder, list, "--requestBudget=1"));
      runs.add(JobRun.on(day.plusDays(2), spotify, folder, list, "--maxRejected=1"));
      runs.add(
          JobRun.with(
              spotify,
              "file:" + folder.resolve("none"),
              lake().toString(),
              list,
              "--ingestDate=" + day.plusDays(3)));
    }
    assertThat(runs.stream().map(JobRun::exitCode).toList(), contains(3, 0, 4, 0, 5));
    for (JobRun run : runs) {
      JobRun status = status("--run=" + run.row().get("run_id").asText(), "--format=json");
      assertThat(status.err(), status.exitCode(), is(run.exitCode()));
      assertThat(status.out(), is(run.out()));
      assertThat(status.err(), is(""));
    }
    JobRun newest = runs.get(runs.size() - 1);
    assertThat(status("--format=json").out(), is(newest.out()));
    assertThat(status("--format=json", "--ingestDate=" + DAY).out(), is(runs.get(1).out()));
    assertThat(status("--ingestDate=" + DAY, "--okExitCodes=none").exitCode(), is(3));
    assertThat(
        status("--run=" + runs.get(0).row().get("run_id").asText(), "--maxRejected=1").exitCode(),
        is(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUBLISHED      | 0 |                |                     | 0 | published",
        "PUBLISHED      | 2 |                |                     | 0 | published",
        "PUBLISHED      | 3 |                |                     | 3 | published, 3 playlists could not be read wholly, --maxRejected allows 2 (exit code 3)",
        "PUBLISHED      | 3 |                | --maxRejected=3     | 0 | published",
        "PUBLISHED      | 1 |                | --maxRejected=0     | 3 | published, 1 playlist could not be read wholly, --maxRejected allows 0 (exit code 3)",
        "PUBLISHED      | 3 |                | --okExitCodes=3     | 0 | published, 3 playlists could not be read wholly, --maxRejected allows 2 (exit code 3, here 0)",
        "PUBLISHED      | 9 | QUOTA_EXCEEDED | --okExitCodes=3     | 4 | published, stopped early by QUOTA_EXCEEDED; run the same command again to get the rest (exit code 4)",
        "PUBLISHED      | 0 | INTERRUPTED    | --okExitCodes=3,4   | 0 | published, stopped as it was told to (INTERRUPTED); run the same command again, at once if you like, to get the rest (exit code 4, here 0)",
        "NOT_AUTHORISED | 9 | invalid_client | --okExitCodes=3,4   | 5 | not authorised (invalid_client), nothing is published; docs/operations.md says what to do (exit code 5)",
        "UNREACHABLE    | 0 | unknown_host   | --okExitCodes=3,4   | 7 | nothing is published: no complete response: cannot resolve the name of Spotify. Check the network, the proxy, and --apiUrl and --accountsUrl. Then run the same command again. (exit code 7)",
        "AUDIT_FAILED   | 9 |                |                     | 6 | the audit failed, nothing is published (exit code 6)",
      })
  void theVerdictIsSaidAndReturned(
      RunStatus outcome,
      int rejected,
      @Nullable String stoppedBy,
      @Nullable String flag,
      int exitCode,
      String verdict) {
    write(DAY, RunVerdictTest.row(EARLY, outcome, rejected, stoppedBy, CONFIG));
    JobRun status = flag == null ? status() : status(flag);
    assertThat(status.err(), status.exitCode(), is(exitCode));
    assertThat(status.out().lines().findFirst().orElse(""), is(verdict));
    assertThat(status.err(), is(""));
  }

  @Test
  void theTableHasALineAColumn() {
    write(DAY, RunVerdictTest.row(EARLY, RunStatus.PUBLISHED, 2, "some\nthing", CONFIG));
    assertThat(
        status("--okExitCodes=4").out(),
        is(
            """
            published, stopped early by some thing; run the same command again to get the rest (exit code 4, here 0)
            ingest_date              2026-11-20
            started_at               2026-11-20T06:00:12.000005Z
            finished_at              2026-11-20T06:01:00Z
            status                   PUBLISHED
            runner                   DirectRunner
            version                  1
            schema_version           1
            requests                 5000000000
            playlists_listed         9
            playlists_read           1
            playlists_unchanged      2
            playlists_stale          3
            playlists_incomplete     4
            playlists_metadata_only  5
            playlists_rejected       2
            playlist_rows            11
            playlist_item_rows       12
            song_rows                13
            album_rows               14
            artist_rows              15
            playlist_event_rows      16
            rejected_rows            17
            missing_capabilities     BATCH
            stopped_by               some thing
            resume_at
            config                   {"maxRejected":2,"okExitCodes":""}
            closed_families          /v1/albums until unknown
            run_id                   20261120T060012Z-3f9c
            """));
  }

  @Test
  void theNewestRunIsTheVerdictAndTheOneThatCountsIsSaid() {
    published(DAY_BEFORE, OLD);
    published(DAY, EARLY);
    write(DAY, RunVerdictTest.row(LATE, RunStatus.AUDIT_FAILED, 0, null, CONFIG));
    JobRun newest = status();
    assertThat(newest.exitCode(), is(6));
    assertThat(
        newest.out().lines().limit(3).toList(),
        contains(
            "the audit failed, nothing is published (exit code 6)",
            "For readers of 2026-11-20 the run " + EARLY + " counts.",
            "ingest_date              2026-11-20"));
    assertThat(newest.out(), containsString("\nrun_id                   " + LATE + "\n"));
    assertThat(status("--run=" + EARLY).exitCode(), is(0));
    assertThat(status("--run=" + EARLY).out(), not(containsString("counts")));
    assertThat(status("--ingestDate=" + DAY_BEFORE).out(), containsString(OLD));
    assertThat(status("--run=" + OLD, "--ingestDate=" + DAY_BEFORE).exitCode(), is(0));
  }

  @Test
  void aSupersededRunSaysSo() {
    published(DAY, EARLY);
    published(DAY, LATE);
    JobRun status = status("--run=" + EARLY);
    assertThat(status.exitCode(), is(0));
    assertThat(
        status.out().lines().limit(2).toList(),
        contains("published", "For readers of 2026-11-20 the run " + LATE + " counts."));
  }

  @Test
  void aDayWithoutAPublishedRunSaysSo() {
    write(DAY, RunVerdictTest.row(EARLY, RunStatus.NOT_AUTHORISED, 0, "x", CONFIG));
    assertThat(
        status().out().lines().skip(1).findFirst().orElse(""),
        is("No run of 2026-11-20 counts for readers."));
  }

  /** What is not needed may be as damaged as it likes, and what is no run's row is none. */
  @Test
  void onlyTheRowThatIsAskedForIsRead() throws IOException {
    published(DAY, LATE);
    damaged(DAY_BEFORE, OLD + ".parquet");
    damaged(DAY, EARLY + ".parquet");
    damaged(DAY, "z.parquet");
    damaged(DAY, "20261120T190000Z-0001-00000-of-00001.parquet");
    damaged("9999-11-20", "notes.txt");
    for (String format : List.of("--format=table", "--format=json")) {
      JobRun status = status(format);
      assertThat(status.err(), status.exitCode(), is(0));
      assertThat(status.out(), containsString(LATE));
    }
    JobRun damaged = status("--ingestDate=" + DAY_BEFORE);
    assertThat(damaged.exitCode(), is(7));
    assertThat(
        damaged.errLines(),
        contains(allOf(containsString("not published"), containsString(OLD + ".parquet"))));
    assertThat(damaged.out(), is(""));
  }

  @Test
  void aConfigThatCannotBeReadIsTheLakesFault() {
    for (String config : List.of("{", "{\"okExitCodes\":\"5\"}")) {
      write(DAY, RunVerdictTest.row(EARLY, RunStatus.PUBLISHED, 0, null, config));
      JobRun status = status();
      assertThat(status.exitCode(), is(7));
      assertThat(
          status.errLines(),
          contains(startsWith("The lake cannot be read: the config of run " + EARLY)));
    }
  }

  /**
   * A later version may know more of them: this one says what it says, and that it counts for
   * nothing.
   */
  @Test
  void aStatusOfALaterVersionIsToldAsItIs() {
    write(DAY, RunVerdictTest.row(EARLY, new RunStatus("HALF_PUBLISHED"), 0, null, "{}"));
    JobRun status = status();
    assertThat(status.exitCode(), is(7));
    assertThat(
        status.out(), allOf(containsString("HALF_PUBLISHED"), containsString("not published")));
    assertThat(status("--format=json").out(), containsString("\"status\":\"HALF_PUBLISHED\""));
  }

  @Test
  void noRowIsNoVerdict() throws IOException {
    Files.createDirectories(lake());
    assertNoVerdict("of any --run or --ingestDate");
    published(DAY, EARLY);
    assertNoVerdict("for --run=" + LATE, "--run=" + LATE);
    assertNoVerdict("for --ingestDate=2026-11-21", "--ingestDate=2026-11-21");
    assertNoVerdict(
        "for --run=" + EARLY + " and --ingestDate=" + DAY_BEFORE,
        "--run=" + EARLY,
        "--ingestDate=" + DAY_BEFORE);
  }

  private void assertNoVerdict(String wanted, String... args) {
    JobRun status = status(args);
    assertThat(status.exitCode(), is(8));
    assertThat(status.out(), is(""));
    assertThat(
        status.errLines(),
        contains(
            allOf(
                startsWith("No verdict: there is no run row " + wanted + " in '" + lake() + "'"),
                containsString("no such run has started"))));
  }

  /** Running, failed, running or dead, never started: in words and as JSON. */
  @Test
  void startRecordsTellRunsWithoutARowApart() throws IOException {
    long pid = ProcessHandle.current().pid();
    Instant now = Instant.now();
    started(EARLY, record(DAY, now, host(), pid));
    assertNoRow("RUNNING", "is running, started at " + now, "--run=" + EARLY);
    started(EARLY, record(DAY, now, host(), 2147483646));
    assertNoRow("RUNNING_OR_DIED", "is running or died", "--run=" + EARLY);
    started(EARLY, record(DAY, now, "another-host", pid));
    assertNoRow("RUNNING_OR_DIED", "is running or died", "--ingestDate=" + DAY);
    started(EARLY, record(DAY, now, host(), pid).replace("}", ",\"exit_code\":143}"));
    assertNoRow("FAILED", "exit code 143");
    started(EARLY, "torn{");
    assertNoRow(
        "RUNNING_OR_DIED", "is running or died, started at 2026-11-20T06:00:12Z", "--run=" + EARLY);
    assertNoRow("NOT_STARTED", "no such run has started", "--run=" + LATE);
    assertNoRow("NOT_STARTED", "no such run has started", "--ingestDate=" + DAY_BEFORE);
  }

  @Test
  void aLaterRunWithoutARowIsSaidBesideTheVerdict() throws IOException {
    published(DAY, EARLY);
    started(OLD, record(DAY_BEFORE, Instant.now(), "another-host", 1));
    assertThat("an earlier one has had its successor", status().err(), is(""));
    // It died between its row and its clean-up.
    started(EARLY, record(DAY, Instant.now(), "another-host", 1));
    assertThat(status().err(), is(""));
    started(LATE, record(DAY, Instant.now(), "another-host", 1));
    JobRun status = status("--format=json");
    assertThat(status.exitCode(), is(0));
    assertThat(status.row().get("run_id").asText(), is(EARLY));
    assertThat(
        status.errLines(),
        contains(allOf(containsString(LATE), containsString("running or died"))));
    assertThat(status("--run=" + EARLY).err(), is(""));
  }

  private void assertNoRow(String state, String words, String... args) {
    List<String> json = new ArrayList<>(List.of(args));
    json.add("--format=json");
    JobRun status = status(json.toArray(new String[0]));
    assertThat(status.exitCode(), is(8));
    assertThat(status.row().get("status").asText(), is(state));
    assertThat(status.errLines(), contains(containsString(words)));
    JobRun table = status(args);
    assertThat(table.exitCode(), is(8));
    assertThat(table.out(), is(""));
    assertThat(table.err(), is(status.err()));
  }

  private static String record(String day, Instant startedAt, String host, long pid) {
    return "{\"ingest_date\":\"%s\",\"started_at\":\"%s\",\"host\":\"%s\",\"pid\":%s}"
        .formatted(day, startedAt, host, pid);
  }

  private String host() {
    LakeLayout layout = new LakeLayout(folder.resolve("other").toString(), DAY, EARLY);
    StartRecord.write(new RunFacts(layout, 1, Instant.now(), "DirectRunner", "1", false, "{}"));
    return String.valueOf(StartRecord.all(layout.root()).get(0).host());
  }

  private void started(String runId, String record) throws IOException {
    Path file = lake().resolve("_tmp").resolve(runId).resolve("started.json");
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, record);
  }

  @Test
  void aPlaceThatIsNoLakeIsSaid() {
    Path file = JobRun.write(folder.resolve("file"), "");
    for (List<String> wrong :
        List.of(
            List.of(folder + "/none", "there is no folder '" + folder + "/none'"),
            List.of(file.toString(), "'" + file + "' is a file"),
            List.of("a*", "'a*' contains a wildcard"),
            List.of("s3://", "'s3://' names no bucket"),
            List.of("gs://b/x", "'gs://b/x' is neither a folder nor s3://bucket/prefix"))) {
      JobRun status = JobRun.of("status", "--lake=" + wrong.get(0));
      assertThat(status.exitCode(), is(2));
      assertThat(status.errLines(), contains(startsWith("--lake: " + wrong.get(1))));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rnu=x              | --rnu | Did you mean --run?",
        "--ingestdate=x       | --ingestdate | Did you mean --ingestDate?",
        "--playlists=x        | --playlists | is a flag of run, not of status",
        "lake                 | lake | Did you mean --lake?",
        "--run                | --run | needs a value",
        "--run=today          | --run | 'today'",
        "--run=*              | --run | '*'",
        "--ingestDate=today   | --ingestDate | not a date",
        "--format=csv         | --format | 'csv' is none of table, json",
        "--maxRejected=few    | --maxRejected | whole number",
        "--maxRejected=-1     | --maxRejected | -1 is below 0",
        "--maxRejected=9999999999 | --maxRejected | too large",
        "--okExitCodes=3,5    | --okExitCodes | '5' is neither 3 nor 4",
        "--endpoint=localhost | --endpoint | not a URL",
        "--endpoint=a b       | --endpoint | not a URL",
      })
  void oneWrongFlagIsSaid(String arg, String flag, String key) {
    JobRun status = status(arg);
    assertThat(status.exitCode(), is(2));
    assertThat(status.errLines(), contains(allOf(startsWith(flag), containsString(key))));
    assertThat(status.out(), is(""));
  }

  @Test
  void allWrongFlagsAreSaidAtOnce() {
    assertThat(
        status("--format=xml", "--lake=y", "--formt=csv", "x", "--run=1").errLines(),
        contains(
            startsWith("--lake is given twice"),
            startsWith("--format: 'xml'"),
            startsWith("--formt is not a flag"),
            startsWith("x is not a flag"),
            startsWith("--run: '1'")));
  }

  @Test
  void aRowThatCannotBePrintedIsSaid() {
    published(DAY, EARLY);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    int code =
        Program.run(
            new String[] {"status", "--lake=" + lake()},
            ResultStream.to(full),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code, is(7));
    assertThat(
        err.toString(StandardCharsets.UTF_8).strip(),
        is("The answer could not be written: No space left on device"));
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  private JobRun status(String... args) {
    List<String> all = new ArrayList<>(List.of("status", "--lake=" + lake()));
    all.addAll(List.of(args));
    return JobRun.of(all.toArray(new String[0]));
  }

  private void published(String day, String runId) {
    write(day, RunVerdictTest.row(runId, RunStatus.PUBLISHED, 0, null, CONFIG));
  }

  private Path partition(String day) throws IOException {
    return Files.createDirectories(lake().resolve("run/ingest_date=" + day));
  }

  private void damaged(String day, String name) throws IOException {
    JobRun.write(partition(day).resolve(name), "this is no parquet");
  }

  private void write(String day, RunRow row) {
    try (FileChannel channel =
        FileChannel.open(
            partition(day).resolve(row.runId() + ".parquet"),
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ParquetIO.Sink sink = ParquetIO.sink(LakeTable.RUN.schema());
      sink.open(channel);
      sink.write(new RunRowCodec().toRow(row));
      sink.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
