package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with flags and places: exit code 2, a line each, nothing made. */
class BadFlagsTest {
  private static final String ID = "4nT7zK0q1uRtVwX2yZaBcD";

  private final Path folder;

  BadFlagsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--enrich=everything         | --enrich | none of",
        "--ingestDate=yesterday      | --ingestDate | not a date",
        "--ingestDate=2021-02-30     | --ingestDate | '2021-02-30'",
        "--ingestDate=20210203       | --ingestDate | not a date",
        "--ingestDate=+12021-02-03   | --ingestDate | not a date",
        "--ingestDate=9999-01-01     | --ingestDate | future",
        "--ingestDate=2015-01-01     | --ingestDate | 2015-01-01 is past",
        "--maxAge=-1                 | --maxAge | -1 is below 0",
        "--requestBudget=-1          | --requestBudget | -1 is below 0",
        "--requestConcurrency=0      | --requestConcurrency | 0 is below 1",
        "--requestConcurrency=100000 | --requestConcurrency | 100000 is above 1000",
        "--maxRetryAfter=-3          | --maxRetryAfter | -3 is below 0",
        "--maxRejected=-1            | --maxRejected | -1 is below 0",
        "--filesPerTable=0           | --filesPerTable | 0 is below 1",
        "--filesPerTable=20000       | --filesPerTable | 20000 is above 10000",
        "--okExitCodes=5             | --okExitCodes | '5' is neither 3 nor 4",
        "--okExitCodes=3,x           | --okExitCodes | 'x' is neither 3 nor 4",
        "--from=raw:/nowhere         | --from | '/nowhere'",
        "--from=raw:gs://bucket/raw  | --from | gs://bucket/raw",
        "--from=raw:                 | --from | neither api nor raw:PATH",
        "--from=raw:lake*/raw        | --from | wildcard",
        "--from=cache                | --from | 'cache' is neither api nor raw:PATH",
        "--credentials=s3cr3t        | --credentials | reference",
        "--credentials=file:         | --credentials | reference",
        "--credentials=secretsmanager:s3cr3t | --credentials | secretsmanager: takes the whole ARN",
        "--apiUrl=localhost:80       | --apiUrl | 'localhost:80' must be scheme",
        "--apiUrl=https://x/v1       | --apiUrl | 'https://x/v1' must be scheme",
        "--apiUrl=http://x:99999     | --apiUrl | 'http://x:99999' must be scheme",
        "--accountsUrl=ftp://x       | --accountsUrl | 'ftp://x' must be scheme",
        "--accountsUrl=not a url     | --accountsUrl | not a URL",
        "--accountsUrl=http://u:pw@x | --accountsUrl | 'http://...@x' must be scheme",
      })
  void oneWrongFlagIsOneLine(String arg, String flag, String key) {
    JobRun run = JobRun.of("--playlists=" + ID, "--lake=" + folder.resolve("lake"), arg);
    assertThat(run.err(), run.exitCode(), is(2));
    assertThat(run.errLines(), contains(allOf(startsWith(flag + ": "), containsString(key))));
    assertThat(run.out(), is(""));
    assertThat(Files.exists(folder.resolve("lake")), is(false));
  }

  @Test
  void allThatIsWrongIsSaidAtOnceInTheOrderOfTheArguments() {
    Path file = JobRun.write(folder.resolve("file"), "");
    JobRun run =
        JobRun.of(
            "--nonsense=1",
            "--maxAge=x",
            "--playlists=" + folder.resolve("missing.csv"),
            "--lake=" + file,
            "--enrich=x",
            "--filesPerTable=0");
    assertThat(run.exitCode(), is(2));
    assertThat(
        run.errLines(),
        contains(
            startsWith("--nonsense is not a flag"),
            startsWith("--maxAge: 'x'"),
            startsWith("--playlists: there is no file"),
            startsWith("--lake: '" + file + "' is a file"),
            startsWith("--enrich: 'x'"),
            startsWith("--filesPerTable: 0")));
  }

  @Test
  void aLakeWithoutAListIsNoSample() {
    JobRun run = JobRun.of("--lake=" + folder.resolve("lake"));
    assertThat(run.exitCode(), is(2));
    assertThat(run.errLines(), contains(startsWith("--playlists: is missing")));
    assertThat(Files.exists(folder.resolve("lake")), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--playlist=x.csv", "--playlists", "--bogus=1", "-playlists=x"})
  void aWrongFlagAloneIsNoSampleEither(String arg) {
    JobRun run = JobRun.of(arg);
    assertThat(run.exitCode(), is(2));
    assertThat(run.errLines(), hasSize(1));
    assertThat(Files.exists(Path.of("lake-sample")), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {",,,", " , ", "37i9dQ,short", "spotify:album:4nT7zK0q1uRtVwX2yZaBcD,"})
  void aListWithoutAnythingValidIsNoList(String list) {
    JobRun run = JobRun.of("--playlists=" + list, "--lake=" + folder.resolve("lake"));
    assertThat(run.exitCode(), is(2));
    assertThat(run.errLines(), contains(startsWith("--playlists: the list ")));
    assertThat(Files.exists(folder.resolve("lake")), is(false));
  }

  @Test
  void aFileInTheLakesPlace() {
    Path file = JobRun.write(folder.resolve("file"), "precious");
    for (Path lake : List.of(file, file.resolve("below"))) {
      JobRun run = JobRun.of("--playlists=" + ID, "--lake=" + lake);
      assertThat(run.exitCode(), is(2));
      assertThat(run.errLines(), contains(startsWith("--lake: '" + file + "' is a file")));
    }
  }

  @Test
  void aLakeThatCannotBeWritten() {
    JobRun run = JobRun.of("--playlists=" + ID, "--lake=/proc/lake");
    assertThat(run.exitCode(), is(2));
    assertThat(run.errLines(), contains(startsWith("--lake: '/proc/lake' cannot be written")));
    assertThat(run.err(), not(containsString("\tat ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*", "a?", "[ab]", "{a}", "a\\b", "gs://bucket/a", "file:///tmp/x"})
  void aPlaceThatIsNone(String lake) {
    JobRun run = JobRun.of("--playlists=" + ID, "--lake=" + lake);
    assertThat(run.exitCode(), is(2));
    assertThat(run.errLines(), contains(startsWith("--lake: '" + lake + "' ")));
  }

  @Test
  void theProbeOfALakeLeavesNothing() throws IOException {
    Path lake = folder.resolve("new/lake");
    JobRun run = JobRun.of("--playlists=" + ID, "--lake=" + lake, "--maxAge=-1");
    assertThat(run.exitCode(), is(2));
    try (var list = Files.list(folder)) {
      assertThat(list.toList(), hasSize(0));
    }
  }
}
