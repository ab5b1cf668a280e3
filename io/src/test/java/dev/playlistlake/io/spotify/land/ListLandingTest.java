package dev.playlistlake.io.spotify.land;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawList;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.FetchReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list and its playlists, without a pipeline. */
class ListLandingTest {
  private static final String ID = SpotifyLab.id("p1");
  private static final List<ListEntry> LIST = List.of(new ListEntry(0, ID, ID));

  private final Path lake;

  ListLandingTest(@TempDir Path lake) {
    this.lake = lake;
  }

  private static ListLanding landing(SpotifyLab lab, RawDay day) {
    return new ListLanding(
        lab::source,
        day,
        lab.refreshPolicy(7),
        UserIdPolicy.keep(),
        new ListLanding.LibrarySelection(LibraryScope.OWNED, null));
  }

  @Test
  void storesTheListAndTheResponsesAndAReplayFindsBoth() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 3));
      LakeLayout layout = lab.newRun();
      RawDay day = RawDay.of(layout);
      ListLanding.Result live = landing(lab, day).land(LIST, Map.of());
      assertThat(lab.asked(), hasSize(1));
      assertThat(RawList.read(day), is(LIST));
      assertThat(live.list(), is(LIST));
      assertThat(live.report().requests(), is(1L));

      lab.spotify.clearLog();
      ListLanding.Result replayed =
          landing(lab, RawDay.replayed(layout.rawDay(), layout.runId())).land(LIST, Map.of());
      assertThat(lab.asked(), is(empty()));
      assertThat(replayed.list(), is(live.list()));
      assertThat(replayed.landed(), is(live.landed()));
      assertThat(replayed.report(), is(FetchReport.start()));
    }
  }

  /** Else a list without its words would be the day's newest, for replays. */
  @Test
  void storesNoListWhereSpotifyLetsNobodyIn() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.spotify.scriptAlways(
          "/api/token", Scripted.status(400, "{\"error\":\"invalid_client\"}"));
      LakeLayout layout = lab.newRun();
      ListEntry me = ListEntry.word(0, ListEntry.ME);
      ListLanding.Result result =
          landing(lab, RawDay.of(layout)).land(List.of(me, LIST.get(0)), Map.of());
      assertThat(result.report().isAuthorised(), is(false));
      assertThat(result.list().stream().map(ListEntry::playlistId).toList(), contains(ID));
      assertThat(
          result.landed().stream().map(StoredResponseRef::rowsOf).flatMap(List::stream).toList(),
          is(empty()));
      assertThat(Files.exists(Path.of(layout.rawDay(), "list")), is(false));
    }
  }
}
