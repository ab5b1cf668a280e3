package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the user's own list is said, and never audited. */
class LeftListTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-19");
  private static final int PLAYLISTS = 13;

  private final MapCatalog catalog = new MapCatalog();
  private final List<String> ids = new ArrayList<>();
  private final SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());
  private final Path folder;

  LeftListTest(@TempDir Path folder) {
    this.folder = folder;
    GeneratedCatalog generated = GeneratedCatalog.of(3, PLAYLISTS, 2, 20);
    for (String id : generated.playlistIds()) {
      catalog.put(generated.playlist(id).orElseThrow().withName("Name of " + ids.size()));
      ids.add(id);
    }
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void theSummaryAndTheRowSayWhatLeftTheList() {
    JobRun first = run(0, ids);
    assertThat(first.err(), not(containsString("left the list")));
    assertThat(first.row().has("left_playlists"), is(false));

    JobRun same = run(1, ids);
    assertThat(same.err(), not(containsString("left the list")));
    assertThat(same.row().path("left_playlists").path("count").asInt(-1), is(0));

    JobRun fewer = run(2, ids.subList(2, PLAYLISTS));
    assertThat(
        fewer.err(),
        allOf(
            containsString("2 playlists left the list since 2026-11-20"),
            containsString("Name of 0 (" + ids.get(0) + ")"),
            containsString("Name of 1 (" + ids.get(1) + ")")));

    // More than the audit would let go, if it looked.
    JobRun one = run(3, ids.subList(PLAYLISTS - 1, PLAYLISTS));
    assertThat(one.err(), one.exitCode(), is(0));
    assertThat(one.err(), allOf(containsString("10 playlists left"), not(containsString(", ..."))));
    JsonNode left = one.row().path("left_playlists");
    assertThat(left.path("since").asText(), is("2026-11-21"));
    assertThat(left.path("count").asInt(), is(10));
    assertThat(left.path("first").size(), is(10));
    assertThat(left.path("first").path(0).path("playlist_id").asText().length(), is(22));

    JobRun status = JobRun.of("status", "--lake=" + folder.resolve("lake"));
    assertThat(status.out(), containsString("10 playlists left the list since 2026-11-21"));
    assertThat(
        JobRun.of("status", "--lake=" + folder.resolve("lake"), "--format=json").out(),
        is(one.out()));
  }

  /** An entry that Spotify refuses today is on the list all the same. */
  @Test
  void whatIsRejectedHasNotLeftAndFewAreNamed() {
    run(0, ids);
    catalog.remove(ids.get(0));
    JobRun run = run(1, ids.subList(0, 1), "--maxRejected=1");
    assertThat(run.rows(LakeTable.RUN), hasSize(2));
    assertThat(
        run.err(), allOf(containsString("12 playlists left the list"), containsString(", ...")));
    assertThat(run.err(), not(containsString("Name of 0 (")));
    assertThat(run.row().path("left_playlists").path("first").size(), is(10));
  }

  private JobRun run(int day, List<String> list, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--playlists=" + String.join(",", list));
    args.add("--enrich=none");
    return JobRun.on(DAY.plusDays(day), spotify, folder, args.toArray(new String[0]));
  }
}
