package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verdicts of runs that published, through the whole program. */
class ExitCodeTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final SpotifyStandIn spotify = SpotifyStandIn.start(catalog(), StandInOptions.defaults());

  private static MapCatalog catalog() {
    return SampleCatalog.create();
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void moreRejectedThanAllowedIsThreeAndNamesThem() {
    String list = "--playlists=" + SampleCatalog.EMPTY + "," + SampleCatalog.MISSING;
    JobRun run = JobRun.against(spotify, folder, list);
    assertThat(run.exitCode(), is(3));
    assertThat(run.err(), containsString("  " + SampleCatalog.MISSING + " NOT_FOUND"));
    assertThat(run.row().get("playlists_rejected").asInt(), is(1));
    assertThat(JobRun.against(spotify, folder, list, "--maxRejected=1").exitCode(), is(0));
    assertThat(JobRun.against(spotify, folder, list, "--okExitCodes=3").exitCode(), is(0));
  }

  @Test
  void aPrivatePlaylistIsNoRejection() {
    String list = "--playlists=" + SampleCatalog.PRIVATE + "," + SampleCatalog.EMPTY;
    JobRun run = JobRun.against(spotify, folder, list);
    assertThat(run.exitCode(), is(0));
    assertThat(
        run.column(LakeTable.PLAYLIST, "read_status").toString(), is("[METADATA_ONLY, READ]"));
    assertThat(
        run.column(LakeTable.REJECTED, "reason").toString(), is("[NOT_READABLE_BY_THIS_APP]"));
  }

  @Test
  void aSpentBudgetIsFourAndTheNextRunGetsTheRest() {
    String list = "--playlists=" + SampleCatalog.FOCUS + "," + SampleCatalog.EMPTY;
    JobRun first =
        JobRun.against(spotify, folder, list, "--requestBudget=1", "--requestConcurrency=1");
    assertThat(first.exitCode(), is(4));
    assertThat(first.row().get("stopped_by").asText(), is("BUDGET_SPENT"));
    assertThat(first.row().get("requests").asInt(), is(1));
    assertThat(first.err(), containsString("Stopped early by BUDGET_SPENT"));
    JobRun second = JobRun.against(spotify, folder, list);
    assertThat(second.err(), second.exitCode(), is(0));
    assertThat(second.rows(LakeTable.PLAYLIST), hasSize(2));
    assertThat(second.rows(LakeTable.REJECTED), hasSize(0));
  }

  @Test
  void aUsedUpQuotaSaysWhenToGoOn() {
    spotify.scriptAlways(
        "/v1/playlists/",
        Scripted.status(429, "{\"error\":{\"status\":429,\"reason\":\"QUOTA_EXCEEDED\"}}")
            .withHeader("Retry-After", "5000"));
    JobRun run = JobRun.against(spotify, folder, "--playlists=" + SampleCatalog.EMPTY);
    assertThat(run.exitCode(), is(4));
    assertThat(run.err(), containsString("after " + run.row().get("resume_at").asText()));
    assertThat(
        JobRun.against(spotify, folder, "--playlists=" + SampleCatalog.EMPTY, "--okExitCodes=4")
            .exitCode(),
        is(0));
  }
}
