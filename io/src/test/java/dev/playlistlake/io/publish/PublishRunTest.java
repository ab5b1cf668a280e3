package dev.playlistlake.io.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.io.lake.WriteTable;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.schema.LakeCoders;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files, audit and commit: what the last steps of every run make of what came before. */
class PublishRunTest {
  private static final int FILES = 2;

  @RegisterExtension final BeamTest beam = new BeamTest();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  private LakeLayout layout(String runId) {
    return new LakeLayout(lake.toString(), "2026-11-20", runId);
  }

  private RunFacts facts(LakeLayout layout) {
    return new RunFacts(layout, FILES, Instant.EPOCH, "DirectRunner", "1", false, "{}");
  }

  /** Writes all tables, one of them with the songs given, and publishes with more evidence. */
  private PCollection<RunRow> publish(LakeLayout layout, List<Song> songs, AuditEvidence... more) {
    return publish(beam, layout, songs, more);
  }

  private PCollection<RunRow> publish(
      BeamTest test, LakeLayout layout, List<Song> songs, AuditEvidence... more) {
    List<PCollection<AuditEvidence>> evidence = new ArrayList<>();
    for (TableCodec<?> codec : LakeCoders.codecs()) {
      if (codec.table() != LakeTable.RUN) {
        evidence.add(write(test, codec, layout, songs));
      }
    }
    evidence.add(
        test.pipeline()
            .apply(
                "more",
                Create.of(List.of(more)).withCoder(SerializableCoder.of(AuditEvidence.class))));
    return PCollectionList.of(evidence).apply("publish", PublishRun.of(facts(layout)));
  }

  private static <T> PCollection<AuditEvidence> write(
      BeamTest test, TableCodec<T> codec, LakeLayout layout, List<Song> songs) {
    List<T> rows = new ArrayList<>();
    if (codec instanceof SongCodec) {
      songs.forEach(song -> rows.add(codec.type().cast(song)));
    }
    String table = codec.table().tableName();
    return test.pipeline()
        .apply("rows of " + table, Create.of(rows).withCoder(codec.coder()))
        .apply("write " + table, WriteTable.of(codec, layout, FILES))
        .apply(
            "paths of " + table,
            MapElements.into(TypeDescriptor.of(AuditEvidence.class)).via(AuditEvidence::file));
  }

  private static AuditEvidence tally(LakeTable table, long rows) {
    return new AuditEvidence(AuditEvidence.Kind.TALLY, Audit.rowsOf(table), rows, null);
  }

  private static List<Song> songs(int count) {
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      songs.add(Rows.song("s" + i, "Song " + i, Rows.NOON, "a" + i));
    }
    return songs;
  }

  private void expect(PCollection<RunRow> rows, RunStatus status, long songRows) {
    PAssert.thatSingleton(rows)
        .satisfies(
            row -> {
              assertThat(row.status(), is(status));
              assertThat(row.songRows(), is(songRows));
              return null;
            });
    beam.run();
  }

  private List<String> files(LakeTable table) {
    return LakeFiles.list(lake + "/" + table.tableName() + "/*/*").stream()
        .map(LakeFiles::fileName)
        .toList();
  }

  @Test
  void aSoundRunIsPublishedWithItsFiles() {
    LakeLayout layout = layout("20261120T060000Z-0001");
    expect(
        publish(layout, songs(500), tally(LakeTable.SONG, 200), tally(LakeTable.SONG, 300)),
        RunStatus.PUBLISHED,
        500);
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        assertThat(
            files(table),
            contains(
                "20261120T060000Z-0001-00000-of-00002.parquet",
                "20261120T060000Z-0001-00001-of-00002.parquet"));
      }
    }
    List<Song> read = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      String path = layout.dataFile(LakeTable.SONG, file, FILES);
      assertThat(ParquetFiles.countRows(path) > 100, is(true));
      ParquetFiles.forEach(new SongCodec(), path, read::add);
      ParquetFiles.read(LakeTable.SONG, path)
          .forEach(row -> assertThat(row.get("run_id").toString(), is(layout.runId())));
    }
    assertThat(List.copyOf(read).containsAll(songs(500)), is(true));
    assertThat(files(LakeTable.RUN), contains("20261120T060000Z-0001.parquet"));
    assertThat(Files.exists(lake.resolve("_tmp")), is(false));
    assertThat(new RunRecord(layout).readRow().orElseThrow().status(), is(RunStatus.PUBLISHED));
  }

  @Test
  void rowsThatAreNotInTheFilesFailTheAudit() {
    expect(
        publish(layout("20261120T060001Z-0001"), songs(3), tally(LakeTable.SONG, 4)),
        RunStatus.AUDIT_FAILED,
        4);
  }

  @Test
  void rowsThatNobodyCountedFailTheAudit() {
    expect(publish(layout("20261120T060001Z-0001"), songs(3)), RunStatus.AUDIT_FAILED, 0);
  }

  @Test
  void aBrokenInvariantFailsTheAudit() {
    expect(
        publish(
            layout("20261120T060001Z-0001"),
            songs(3),
            tally(LakeTable.SONG, 3),
            AuditEvidence.violation("I2: song x is named, but has no row")),
        RunStatus.AUDIT_FAILED,
        3);
  }

  @Test
  void aRunThatNobodyLetInLeavesOnlyItsRow() {
    FetchReport refused = new FetchReport("invalid_client", null, null, 0, List.of());
    PCollection<RunRow> rows =
        publish(
            layout("20261120T060001Z-0001"),
            songs(3),
            tally(LakeTable.SONG, 3),
            AuditEvidence.fetching(refused));
    PAssert.thatSingleton(rows)
        .satisfies(
            row -> {
              assertThat(row.status(), is(RunStatus.NOT_AUTHORISED));
              assertThat(row.stoppedBy(), is("invalid_client"));
              return null;
            });
    beam.run();
    assertThat(files(LakeTable.SONG), is(empty()));
    assertThat(files(LakeTable.RUN), hasSize(1));
  }

  @Test
  void theRowTellsOfAStop() {
    FetchReport stopped =
        new FetchReport(null, Reason.QUOTA_EXCEEDED, Rows.NOON, 7, List.of("BATCH"));
    PAssert.thatSingleton(
            publish(layout("20261120T060001Z-0001"), songs(0), AuditEvidence.fetching(stopped)))
        .satisfies(
            row -> {
              assertThat(row.status(), is(RunStatus.PUBLISHED));
              assertThat(row.stoppedBy(), is("QUOTA_EXCEEDED"));
              assertThat(row.resumeAt(), is(Rows.NOON));
              assertThat(row.missingCapabilities(), contains("BATCH"));
              return null;
            });
    beam.run();
  }

  @Test
  void aPublishedRunReplacesTheOneBeforeItThatDayButNotItsRow() {
    publishAlone("20261120T060000Z-0001", 3);
    publishAlone("20261120T070000Z-0002", 4);
    assertThat(files(LakeTable.RUN), hasSize(2));
    assertThat(files(LakeTable.SONG), hasSize(FILES));
    assertThat(files(LakeTable.SONG).get(0), is("20261120T070000Z-0002-00000-of-00002.parquet"));
  }

  @Test
  void aRunThatComesTooLateRemovesNothing() {
    publishAlone("20261120T070000Z-0002", 4);
    publishAlone("20261120T060000Z-0001", 3);
    assertThat(files(LakeTable.SONG), hasSize(2 * FILES));
  }

  @Test
  void aFailedAuditLeavesThePublishedRunAlone() {
    publishAlone("20261120T060000Z-0001", 3);
    expect(
        publish(layout("20261120T070000Z-0002"), songs(1), tally(LakeTable.SONG, 9)),
        RunStatus.AUDIT_FAILED,
        9);
    assertThat(files(LakeTable.SONG), hasSize(2 * FILES));
    assertThat(files(LakeTable.PLAYLIST_EVENT), is(not(empty())));
  }

  private void publishAlone(String runId, int songs) {
    BeamTest another = new BeamTest();
    publish(another, layout(runId), songs(songs), tally(LakeTable.SONG, songs));
    another.run();
  }
}
