package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.publish.StartRecord;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start record of runs of the whole program. */
class StartedRunTest {
  private static final String LIST = "--playlists=" + SampleCatalog.CRATE;
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");

  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());
  private final Path folder;
  private final Path lake;

  StartedRunTest(@TempDir Path folder) {
    this.folder = folder;
    this.lake = folder.resolve("lake");
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void itIsThereBeforeTheFirstRequestAndGoneWithTheRow() {
    List<StartRecord> during = new ArrayList<>();
    spotify.script(
        "/api/token",
        Scripted.normal().then(() -> during.addAll(StartRecord.all(lake.toString()))));
    JobRun run = JobRun.against(spotify, folder, LIST);
    assertThat(run.err(), run.exitCode(), is(0));
    assertThat(during, hasSize(1));
    assertThat(during.get(0).isRunningHere(), is(true));
    assertThat(during.get(0).runId(), is(run.row().get("run_id").asText()));
    assertThat(during.get(0).ingestDate(), is(run.row().get("ingest_date").asText()));
    assertThat(during.get(0).startedAt().toString(), is(run.row().get("started_at").asText()));
    assertThat(Files.exists(lake.resolve("_tmp")), is(false));
  }

  @Test
  void aRunThatFailsKeepsItWithTheExitCodeAndNothingElse() throws IOException {
    Path inTheWay = lake.resolve("song");
    spotify.script(
        "/v1/playlists/",
        Scripted.normal().then(() -> JobRun.write(inTheWay, "a file in a folder's place")));
    JobRun run = JobRun.against(spotify, folder, LIST);
    assertThat(run.err(), run.exitCode(), is(7));
    assertThat(StartRecord.all(lake.toString()).get(0).exitCode(), is(7));
    assertThat(LakeFolder.files(lake.resolve("_tmp")), hasSize(1));
    JobRun status = JobRun.of("status", "--lake=" + lake, "--format=json");
    assertThat(status.exitCode(), is(8));
    assertThat(status.row().get("status").asText(), is("FAILED"));
    assertThat(status.row().get("exit_code").asInt(), is(7));

    Files.delete(inTheWay);
    JobRun.awaitNextSecond();
    JobRun next = JobRun.against(spotify, folder, LIST);
    assertThat(next.err(), next.exitCode(), is(0));
    JobRun after = JobRun.of("status", "--lake=" + lake);
    assertThat(after.exitCode(), is(0));
    assertThat(after.err(), is(""));
    assertThat("for a day", LakeFolder.files(lake.resolve("_tmp")), hasSize(1));
    assertThat(JobRun.on(inTwoDays(), spotify, folder, LIST).exitCode(), is(0));
    assertThat(Files.exists(lake.resolve("_tmp")), is(false));
  }

  @Test
  void aRefusedRunAndAReplayLeaveNone() {
    JobRun refused = JobRun.with(spotify, "file:" + folder.resolve("none"), lake.toString(), LIST);
    assertThat(refused.exitCode(), is(5));
    assertThat(Files.exists(lake.resolve("_tmp")), is(false));
    assertThat(JobRun.on(DAY, spotify, folder, LIST).exitCode(), is(0));
    Path other = folder.resolve("other");
    JobRun replay = JobRun.replay(DAY, lake.resolve("raw"), other);
    assertThat(replay.err(), replay.exitCode(), is(0));
    assertThat(Files.exists(other.resolve("lake/_tmp")), is(false));
  }

  @Test
  void aPlanWritesNone() {
    JobRun plan = JobRun.ofCommand("plan", DAY, spotify, folder, LIST);
    assertThat(plan.err(), plan.exitCode(), is(0));
    assertThat(LakeFolder.files(lake), is(empty()));
    JobRun status = JobRun.of("status", "--lake=" + folder);
    assertThat(status.exitCode(), is(8));
    assertThat(
        status.err(),
        allOf(containsString("No verdict"), containsString("no such run has started")));
  }

  private static LocalDate inTwoDays() {
    return LocalDate.now(ZoneOffset.UTC).plusDays(2);
  }
}
