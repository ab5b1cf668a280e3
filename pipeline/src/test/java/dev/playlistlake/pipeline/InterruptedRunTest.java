package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.fetch.StopRequest;
import dev.playlistlake.schema.LakeTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody wants the run to stop, at each of its stages: what is published, and the exit code. */
class InterruptedRunTest {
  /** Of 24, 40 and 64 items: one request each. */
  private static final List<String> LIST =
      List.of(SampleCatalog.CRATE, SampleCatalog.SUNSET, SampleCatalog.KITCHEN);

  private final Path folder;
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());

  InterruptedRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    StopRequest.clear();
    spotify.close();
  }

  @Test
  void beforeTheFirstRequest() {
    StopRequest.raise();
    JobRun run = interrupted();
    assertThat(spotify.requests(), is(empty()));
    assertThat(run.row().get("requests").asInt(), is(0));
    assertThat(run.column(LakeTable.REJECTED, "subject_id"), is(sorted(LIST)));
    assertThat(run.rows(LakeTable.PLAYLIST), is(empty()));
    theRestIsHadByTheNextRun(3, 0);
  }

  @Test
  void amongThePlaylists() {
    stopAt("/v1/playlists/" + SampleCatalog.SUNSET);
    JobRun run = interrupted();
    assertThat(spotify.apiRequests(), is(2));
    assertThat(run.column(LakeTable.PLAYLIST, "read_status"), is(List.of("READ", "READ")));
    assertThat(run.rows(LakeTable.PLAYLIST_ITEM), hasSize(24 + 40));
    assertThat(run.column(LakeTable.REJECTED, "subject_id"), hasItem(SampleCatalog.KITCHEN));
    assertThat(detailed(run), everyItem(is("null")));
    theRestIsHadByTheNextRun(1, 0);
  }

  @Test
  void betweenTheStages() {
    stopAt("/v1/playlists/" + SampleCatalog.KITCHEN);
    JobRun run = interrupted();
    assertThat(spotify.apiRequests(), is(3));
    assertThat(run.column(LakeTable.PLAYLIST, "read_status"), everyItem(is("READ")));
    assertThat(run.column(LakeTable.REJECTED, "stage"), everyItem(is("DETAILS")));
    assertThat(run.rows(LakeTable.REJECTED), hasSize(albums(run) + artists(run)));
    theRestIsHadByTheNextRun(0, 0);
  }

  @Test
  void amongTheDetails() {
    stopAt("/v1/albums");
    JobRun run = interrupted();
    assertThat(spotify.apiRequests(), is(4));
    assertThat(run.column(LakeTable.REJECTED, "stage"), everyItem(is("DETAILS")));
    assertThat(run.rows(LakeTable.REJECTED).size(), is(lessThan(albums(run) + artists(run))));
    assertThat(detailed(run), hasItem(not("null")));
    theRestIsHadByTheNextRun(0, 1);
  }

  /** All is asked, what remains is to shape and to write it. */
  @Test
  void afterTheLastRequest() {
    spotify.scriptAlways("/v1/artists", Scripted.normal().then(StopRequest::raise));
    JobRun run = run();
    assertThat(run.err(), run.exitCode(), is(0));
    assertThat(run.row().get("stopped_by").isNull(), is(true));
    assertThat(run.rows(LakeTable.REJECTED), is(empty()));
    assertThat(detailed(run), everyItem(not("null")));
  }

  @Test
  void whereNothingIsMissing() {
    assertThat(run().exitCode(), is(0));
    spotify.clearLog();
    StopRequest.raise();
    JobRun again = run();
    assertThat(again.err(), again.exitCode(), is(0));
    assertThat(spotify.requests(), is(empty()));
    assertThat(again.row().get("stopped_by").isNull(), is(true));
  }

  private void stopAt(String path) {
    spotify.script(path, Scripted.normal().then(StopRequest::raise));
  }

  private JobRun interrupted() {
    JobRun run = run();
    assertThat(run.err(), run.exitCode(), is(4));
    assertThat(run.row().get("status").asText(), is("PUBLISHED"));
    assertThat(run.row().get("stopped_by").asText(), is("INTERRUPTED"));
    assertThat(run.row().get("resume_at").isNull(), is(true));
    assertThat(run.column(LakeTable.REJECTED, "reason"), everyItem(is("INTERRUPTED")));
    assertThat(run.err(), containsString("run the same command again, at once if you like"));
    return run;
  }

  private void theRestIsHadByTheNextRun(int playlists, int batchesHad) {
    StopRequest.clear();
    spotify.clearLog();
    JobRun.awaitNextSecond();
    JobRun next = run();
    assertThat(next.err(), next.exitCode(), is(0));
    int batches = (albums(next) + 19) / 20 + (artists(next) + 49) / 50;
    assertThat(batches, is(greaterThan(2)));
    assertThat(spotify.apiRequests(), is(playlists + batches - batchesHad));
    assertThat(next.rows(LakeTable.PLAYLIST_ITEM), hasSize(24 + 40 + 64));
    assertThat(next.rows(LakeTable.REJECTED), is(empty()));
    assertThat(detailed(next), everyItem(not("null")));
  }

  private JobRun run() {
    return JobRun.against(
        spotify, folder, "--playlists=" + String.join(",", LIST), "--requestConcurrency=1");
  }

  private static int albums(JobRun run) {
    return run.rows(LakeTable.ALBUM).size();
  }

  private static int artists(JobRun run) {
    return run.rows(LakeTable.ARTIST).size();
  }

  private static List<String> detailed(JobRun run) {
    return run.column(LakeTable.ALBUM, "detailed_at");
  }

  private static List<String> sorted(List<String> ids) {
    return ids.stream().sorted().toList();
  }
}
