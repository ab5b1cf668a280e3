package dev.playlistlake.io.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left behind goes, and nothing else. */
class CleanUpTest {
  private static final String DAY = "2026-11-20";
  private static final String EARLY = "20261120T060000Z-0001";
  private static final String LATE = "20261120T070000Z-0002";
  private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("2026-11-20T08:00:00Z");
  private static final Instant LESS_THAN_A_DAY_AGO = NOW.minus(Duration.ofDays(1)).plusSeconds(1);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  private List<String> cleanUp() {
    return CleanUp.before(facts(DAY, "20261122T070000Z-0009"));
  }

  private RunFacts facts(String day, String runId) {
    LakeLayout layout = new LakeLayout(lake.toString(), day, runId);
    return new RunFacts(layout, 1, NOW, "DirectRunner", "1", false, "{}");
  }

  /** Data files of a run in all tables, written long ago. */
  private void data(String day, String runId) {
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        data(table, day, runId, LONG_AGO);
      }
    }
  }

  private void data(LakeTable table, String day, String runId, Instant writtenAt) {
    file(new LakeLayout(lake.toString(), day, runId).dataFile(table, 0, 1), writtenAt);
  }

  private static void file(String path, Instant writtenAt) {
    try {
      Path file = Path.of(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, "not looked into");
      Files.setLastModifiedTime(file, FileTime.from(writtenAt));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void row(String day, String runId, RunStatus status) {
    RunFacts facts = facts(day, runId);
    Audit audit = new Audit(facts);
    if (RunStatus.NOT_AUTHORISED.equals(status)) {
      audit.take(
          AuditEvidence.fetching(new FetchReport("invalid_client", null, null, 0, List.of())));
    }
    new RunRecord(facts.layout())
        .writeRow(withStatus(audit.verdict(RunStatus.PUBLISHED.equals(status), NOW), status));
    new RunRecord(facts.layout()).removeTemporaryFiles();
  }

  private static RunRow withStatus(RunRow row, RunStatus status) {
    return new RunRow(
        row.runId(),
        row.startedAt(),
        row.finishedAt(),
        status,
        row.runner(),
        row.version(),
        row.schemaVersion(),
        row.requests(),
        row.playlistsListed(),
        row.playlistsRead(),
        row.playlistsUnchanged(),
        row.playlistsStale(),
        row.playlistsIncomplete(),
        row.playlistsMetadataOnly(),
        row.playlistsRejected(),
        row.playlistRows(),
        row.playlistItemRows(),
        row.songRows(),
        row.albumRows(),
        row.artistRows(),
        row.playlistEventRows(),
        row.rejectedRows(),
        row.missingCapabilities(),
        row.stoppedBy(),
        row.resumeAt(),
        row.config(),
        row.closedFamilies());
  }

  /** All files, by their paths within the lake. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(lake)) {
      return all.filter(Files::isRegularFile)
          .map(file -> lake.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> filesOf(String runId) throws IOException {
    return files().stream().filter(file -> file.contains(runId)).toList();
  }

  @Test
  void aRemovalThatWasCutShortIsFinishedOnWhateverDay() throws IOException {
    for (String day : List.of("2026-01-01", DAY)) {
      row(day, EARLY, RunStatus.PUBLISHED);
      row(day, LATE, RunStatus.PUBLISHED);
      data(day, LATE);
    }
    data(LakeTable.SONG, "2026-01-01", EARLY, NOW);
    data(LakeTable.SONG, DAY, EARLY, NOW);
    data(LakeTable.ALBUM, DAY, EARLY, NOW);
    for (int day = 1; day < 10; day++) {
      data("2026-03-0" + day, LATE);
      row("2026-03-0" + day, LATE, RunStatus.PUBLISHED);
    }
    int all = files().size();

    assertThat(
        cleanUp(),
        contains(
            "Removed 3 data files of superseded runs: "
                + EARLY
                + " of 2026-01-01, "
                + EARLY
                + " of "
                + DAY));

    assertThat(files().size(), is(all - 3));
    assertThat(
        filesOf(EARLY),
        contains(
            "run/ingest_date=2026-01-01/" + EARLY + ".parquet",
            "run/ingest_date=" + DAY + "/" + EARLY + ".parquet"));
  }

  static List<RunStatus> notPublished() {
    return List.of(RunStatus.AUDIT_FAILED, RunStatus.NOT_AUTHORISED);
  }

  @ParameterizedTest
  @MethodSource("notPublished")
  void whatDidNotPublishGoesAfterADay(RunStatus status) throws IOException {
    row(DAY, EARLY, status);
    data(DAY, EARLY);

    assertThat(
        cleanUp(),
        contains(
            allOf(
                containsString("Removed 7 data files"),
                containsString("more than a day ago: " + EARLY + " of " + DAY))));

    assertThat(files(), contains("run/ingest_date=" + DAY + "/" + EARLY + ".parquet"));
    assertThat(
        "an empty partition", Files.exists(lake.resolve("song/ingest_date=" + DAY)), is(false));
    assertThat("an empty table", Files.exists(lake.resolve("song")), is(true));
  }

  @Test
  void whatDiedGoesAfterADayAndThePublishedRunBesideItStays() throws IOException {
    data(DAY, EARLY);
    data(DAY, LATE);
    row(DAY, EARLY, RunStatus.PUBLISHED);

    cleanUp();

    assertThat(filesOf(LATE), is(empty()));
    assertThat(filesOf(EARLY).size(), is(8));
  }

  @Test
  void aDeadRunOfAnOldDayGoesWithoutAnyRowBeingRead() throws IOException {
    data("2026-01-01", EARLY);
    data("2026-01-02", EARLY);
    file(lake + "/run/ingest_date=2026-01-02/" + EARLY + ".parquet", LONG_AGO);
    for (int day = 1; day <= 7; day++) {
      data("2026-03-0" + day, LATE);
      row("2026-03-0" + day, LATE, RunStatus.PUBLISHED);
    }

    assertThat(cleanUp().size(), is(1));

    assertThat(Files.exists(lake.resolve("song/ingest_date=2026-01-01")), is(false));
    assertThat(filesOf(EARLY).size(), is(8));
  }

  @Test
  void ofSeveralRunsOnAnOldDayTheRowsDecide() throws IOException {
    data("2026-01-01", EARLY);
    row("2026-01-01", EARLY, RunStatus.PUBLISHED);
    data("2026-01-01", LATE);
    row("2026-01-01", LATE, RunStatus.AUDIT_FAILED);
    for (int day = 1; day <= 7; day++) {
      data("2026-03-0" + day, "20260301T070000Z-0002");
      row("2026-03-0" + day, "20260301T070000Z-0002", RunStatus.PUBLISHED);
    }

    assertThat(cleanUp().size(), is(1));

    assertThat(filesOf(EARLY).size(), is(8));
    assertThat(filesOf(LATE), contains("run/ingest_date=2026-01-01/" + LATE + ".parquet"));
  }

  @Test
  void aRunWithOneYoungFileMayBeAlive() throws IOException {
    data(DAY, EARLY);
    data(LakeTable.REJECTED, DAY, EARLY, LESS_THAN_A_DAY_AGO);

    assertThat(cleanUp(), is(empty()));

    assertThat(filesOf(EARLY).size(), is(7));
  }

  @Test
  void aRunWithAYoungTemporaryFileMayBeAlive() throws IOException {
    data(DAY, EARLY);
    temporary(EARLY, LESS_THAN_A_DAY_AGO);

    assertThat(cleanUp(), is(empty()));

    assertThat(filesOf(EARLY).size(), is(8));
  }

  @Test
  void aRunThatBeganLessThanADayAgoMayBeAlive() throws IOException {
    data(DAY, "20261121T070001Z-0001");
    data(DAY, "20261121T065959Z-0001");

    assertThat(cleanUp().size(), is(1));

    assertThat(filesOf("20261121T070001Z-0001").size(), is(7));
    assertThat(filesOf("20261121T065959Z-0001"), is(empty()));
  }

  @Test
  void temporaryFoldersGoAfterADay() throws IOException {
    temporary(EARLY, LONG_AGO);
    temporary("20261122T060000Z-0004", LESS_THAN_A_DAY_AGO);
    temporary("somebody's", LONG_AGO);

    assertThat(
        cleanUp(),
        contains(
            allOf(
                containsString("Removed 1 temporary folder of"), containsString("ago: " + EARLY))));

    assertThat(files(), contains("_tmp/20261122T060000Z-0004/half", "_tmp/somebody's/half"));
  }

  @Test
  void anEmptyTemporaryFolderGoesWithItsParent() throws IOException {
    temporary(EARLY, LONG_AGO);
    Files.delete(lake.resolve("_tmp").resolve(EARLY).resolve("half"));
    touch(lake.resolve("_tmp").resolve(EARLY), LONG_AGO);

    assertThat(cleanUp().size(), is(1));

    assertThat(Files.exists(lake.resolve("_tmp")), is(false));
  }

  /** It tells of the run until another one has taken its place. */
  @Test
  void aStartRecordStaysUntilALaterRunHasPublished() throws IOException {
    temporary(EARLY, LONG_AGO);
    startRecord(EARLY);
    row(DAY, "20261120T050000Z-0000", RunStatus.PUBLISHED);
    row(DAY, LATE, RunStatus.AUDIT_FAILED);
    damagedRow("2026-11-21", "20261121T065900Z-0003", "PAR1", NOW);

    assertThat(cleanUp(), contains(containsString("Removed 1 temporary folder of")));
    assertThat(temporaryFiles(), contains("_tmp/" + EARLY + "/started.json"));
    touch(lake.resolve("_tmp").resolve(EARLY), LONG_AGO);
    assertThat("the second time", cleanUp(), is(empty()));
    assertThat(temporaryFiles(), contains("_tmp/" + EARLY + "/started.json"));

    row("2026-11-19", "20261121T065900Z-0004", RunStatus.PUBLISHED);
    assertThat(cleanUp(), contains(containsString("ago: " + EARLY)));
    assertThat(Files.exists(lake.resolve("_tmp")), is(false));
  }

  @Test
  void aYoungStartRecordStaysWhoeverHasPublished() throws IOException {
    String young = "20261122T060000Z-0004";
    temporary(young, LESS_THAN_A_DAY_AGO);
    startRecord(young);
    row("2026-11-22", "20261122T063000Z-0005", RunStatus.PUBLISHED);

    assertThat(cleanUp(), is(empty()));

    assertThat(temporaryFiles().size(), is(2));
  }

  private void startRecord(String runId) throws IOException {
    Path folder = lake.resolve("_tmp").resolve(runId);
    FileTime modifiedAt = Files.getLastModifiedTime(folder);
    file(folder + "/started.json", modifiedAt.toInstant());
    Files.setLastModifiedTime(folder, modifiedAt);
  }

  private List<String> temporaryFiles() throws IOException {
    return files().stream().filter(file -> file.startsWith("_tmp/")).toList();
  }

  @Test
  void filesThatNoRunWroteStay() throws IOException {
    List<String> others =
        List.of(
            "playlist/ingest_date=" + DAY + "/20261120T060000Z-0001-00000-of-00001.parquet.crc",
            "playlist/ingest_date=" + DAY + "/20261320T060000Z-0001-00000-of-00001.parquet",
            "playlist/ingest_date=" + DAY + "/20261120T060000Z-XYZW-00000-of-00001.parquet",
            "playlist/ingest_date=" + DAY + "/part-00000-of-00001.parquet",
            "playlist/ingest_date=" + DAY + "/sub/" + EARLY + "-00000-of-00001.parquet",
            "playlist/ingest_date=tomorrow/" + EARLY + "-00000-of-00001.parquet",
            "raw/ingest_date=" + DAY + "/playlist/" + EARLY + "-unasked.jsonl.gz",
            "raw/ingest_date=" + DAY + "/" + EARLY + "-00000-of-00001.parquet",
            "run/ingest_date=" + DAY + "/" + EARLY + "-00000-of-00001.parquet",
            "song/ingest_date=" + DAY + "/" + EARLY + ".parquet",
            "song/" + EARLY + "-00000-of-00001.parquet",
            "_tmp/" + EARLY);
    others.forEach(other -> file(lake + "/" + other, LONG_AGO));

    assertThat(cleanUp(), is(empty()));

    assertThat(files(), containsInAnyOrder(others.toArray()));
  }

  /**
   * Empty, cut, or not Parquet at all: the lake's next run puts it right, and nothing else stops.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "PAR1", "not looked into, and no file of Parquet"})
  void aDamagedRowIsSetAsideAndItsDataStays(String contents) throws IOException {
    data(DAY, EARLY);
    data("2026-11-19", EARLY);
    Path row = damagedRow(DAY, EARLY, contents, LONG_AGO);

    List<String> said = cleanUp();

    assertThat(
        said,
        hasItem(allOf(containsString("_" + EARLY + ".parquet"), containsString("7 data files"))));
    assertThat(said, hasItem(containsString("of 2026-11-19")));
    assertThat(Files.exists(row), is(false));
    assertThat(Files.exists(row.resolveSibling("_" + EARLY + ".parquet")), is(true));
    assertThat(files().size(), is(8));
    assertThat("a second time", cleanUp(), is(empty()));
    assertThat(files().size(), is(8));
  }

  @Test
  void aDamagedRowOfTodayIsLeftAlone() throws IOException {
    data(DAY, EARLY);
    Path row = damagedRow(DAY, EARLY, "", LESS_THAN_A_DAY_AGO);

    assertThat(cleanUp(), is(empty()));

    assertThat(Files.exists(row), is(true));
    assertThat(files().size(), is(8));
  }

  @Test
  void aDamagedRowOnALongPastDayIsFoundByItsSize() throws IOException {
    for (int day = 1; day < 10; day++) {
      row("2026-03-0" + day, LATE, RunStatus.PUBLISHED);
      data("2026-03-0" + day, LATE);
    }
    damagedRow("2026-01-01", EARLY, "", LONG_AGO);
    data("2026-01-01", EARLY);

    assertThat(cleanUp(), contains(containsString("2026-01-01")));
  }

  /** What lies in a folder that cannot be read is unknown, and not nothing. */
  @Test
  void aFolderThatCannotBeListedHasNothingRemoved() throws IOException {
    row(DAY, EARLY, RunStatus.PUBLISHED);
    data(DAY, EARLY);
    Path rows = lake.resolve("run/ingest_date=" + DAY);
    Files.move(rows, lake.resolve("elsewhere"));
    // A link to itself: unreadable for everybody, root too.
    Files.createSymbolicLink(rows, rows);

    assertThat(cleanUp(), is(empty()));

    assertThat(filesOf(EARLY).size(), is(8));
  }

  /** Whoever puts a row of a later run into the lake does not have the data of others removed. */
  @Test
  void aRowWithoutDataSupersedesNothing() throws IOException {
    row(DAY, EARLY, RunStatus.PUBLISHED);
    data(DAY, EARLY);
    row(DAY, LATE, RunStatus.PUBLISHED);
    damagedRow(DAY, "20261120T080000Z-0003", "not Parquet at all", LONG_AGO);

    assertThat(cleanUp(), contains(containsString("0003")));

    assertThat(filesOf(EARLY).size(), is(8));
  }

  @Test
  void theDataOfARunWhoseStatusALaterVersionWroteStays() throws IOException {
    row(DAY, EARLY, new RunStatus("HALF_PUBLISHED"));
    data(DAY, EARLY);

    assertThat(cleanUp(), is(empty()));

    assertThat(files().size(), is(8));
  }

  private Path damagedRow(String day, String runId, String contents, Instant writtenAt)
      throws IOException {
    Path row = lake.resolve("run/ingest_date=" + day + "/" + runId + ".parquet");
    Files.createDirectories(row.resolveSibling("."));
    Files.writeString(row, contents);
    Files.setLastModifiedTime(row, FileTime.from(writtenAt));
    return row;
  }

  @Test
  void inANewLakeThereIsNothingToDo() {
    assertThat(cleanUp(), is(empty()));
  }

  @Test
  void ofManyRunsOnlySomeAreNamed() {
    for (int run = 10; run < 25; run++) {
      data(LakeTable.SONG, DAY, "20261120T0600" + run + "Z-0001", LONG_AGO);
    }

    assertThat(
        cleanUp(),
        contains(
            allOf(
                containsString("Removed 15 data files"),
                containsString("20261120T060019Z-0001 of " + DAY + " and 5 more"))));
  }

  private void temporary(String runId, Instant writtenAt) throws IOException {
    file(lake + "/_tmp/" + runId + "/half", writtenAt);
    touch(lake.resolve("_tmp").resolve(runId), writtenAt);
  }

  private static void touch(Path path, Instant at) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(at));
  }
}
