package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.publish.Audit;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.publish.RunRecord;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawList;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a day is whole, and what is said where it is not. */
class RunFilesTest {
  private static final String DAY = "2026-11-20";
  private static final String EARLY = "20261120T060000Z-0001";
  private static final String LATE = "20261120T070000Z-0002";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  @BeforeAll
  static void useFolders() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private LakeLayout layout(String runId) {
    return new LakeLayout(lake.toString(), DAY, runId);
  }

  private void song(String name) throws IOException {
    Path file = lake.resolve("song/ingest_date=" + DAY).resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, "");
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(LakeException.class, () -> RunFiles.whole(layout(EARLY), LakeTable.SONG))
            .getMessage());
  }

  @Test
  void allFilesAndNoOthersAreTheRuns() throws IOException {
    song(EARLY + "-00000-of-00002.parquet");
    song(EARLY + "-00001-of-00002.parquet");
    song(EARLY + "-00001-of-00002 (1).parquet");
    song("._" + EARLY + "-00001-of-00002.parquet");
    song(LATE + "-00000-of-00001.parquet");
    assertThat(RunFiles.whole(layout(EARLY), LakeTable.SONG), hasSize(2));
  }

  @Test
  void aListingThatShowsTooFewSaysHowToGoOn() throws IOException {
    song(EARLY + "-00000-of-00002.parquet");
    assertThat(
        refusal(),
        allOf(
            containsString("1 of 2 files"),
            containsString("restore them"),
            containsString("/run/")));
  }

  /** The only copy is not to be removed. */
  @Test
  void aFileThatASyncToolHasRenamedIsToBeRenamedBack() throws IOException {
    song(EARLY + "-00000-of-00001 (1).parquet");
    assertThat(
        refusal(),
        allOf(
            containsString("names"),
            containsString("(1).parquet"),
            not(containsString("remove them"))));
  }

  @Test
  void filesThatAreTooManyAreNamed() throws IOException {
    song(EARLY + "-00000-of-00001.parquet");
    song(EARLY + "-00000-of-00099.parquet");
    assertThat(
        refusal(),
        allOf(
            containsString("remove"), containsString("of-00099"), not(containsString("of-00001"))));
  }

  @Test
  void aFolderThatCannotBeListedIsNoReasonToRemoveAnything() throws IOException {
    Path day = lake.resolve("song/ingest_date=" + DAY);
    Files.createDirectories(day.resolveSibling("."));
    Files.createSymbolicLink(day, day);
    assertThat(
        refusal(),
        allOf(containsString("again"), containsString(DAY), not(containsString("remove"))));
  }

  private void published(String runId) {
    RunFacts facts = new RunFacts(layout(runId), 1, Rows.NOON, "DirectRunner", "1", false, "{}");
    new RunRecord(facts.layout()).writeRow(new Audit(facts).verdict(true, Rows.NOON));
  }

  /** The run before it, whose files were removed for it, is not published by that. */
  @Test
  void behindADamagedRowARunWithoutFilesDoesNotCount() throws IOException {
    published(EARLY);
    published(LATE);
    assertThat(RunRows.counting(lake.toString(), DAY), is(Optional.of(layout(LATE))));
    Files.writeString(Path.of(layout(LATE).runFile()), "torn");
    assertThat(RunRows.counting(lake.toString(), DAY), is(Optional.empty()));
    Path playlist = Path.of(layout(EARLY).dataFile(LakeTable.PLAYLIST, 0, 1));
    Files.createDirectories(playlist.resolveSibling("."));
    Files.writeString(playlist, "");
    assertThat(RunRows.counting(lake.toString(), DAY), is(Optional.of(layout(EARLY))));
    assertThat(RunRows.read(layout(EARLY)).status(), is(RunStatus.PUBLISHED));
  }

  /** Stored responses are not forced to disk: a power cut leaves them empty. */
  @Test
  void aTornListIsNoList() throws IOException {
    RawDay day = RawDay.of(layout(EARLY));
    RawList.write(day, List.of(new ListEntry(0, "x", null)));
    assertThat(RawList.find(day).isPresent(), is(true));
    Path file = lake.resolve("raw/ingest_date=" + DAY + "/list/" + EARLY + ".jsonl.gz");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(RawList.find(day).isPresent(), is(false));
      assertThrows(LakeException.class, () -> RawList.read(day));
    }
  }
}
