package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A day that got nothing: exit code 3 whatever is allowed, one sentence, nothing to ask. */
class EmptyDayTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final MapCatalog catalog = SampleCatalog.create();
  private SpotifyStandIn spotify = start(Dialect.RESTRICTED);

  private SpotifyStandIn start(Dialect dialect) {
    return SpotifyStandIn.start(
        catalog,
        StandInOptions.defaults().withDialect(dialect).withRefreshToken(JobRun.REFRESH_TOKEN));
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void onlyOtherPeoplesPlaylists(Dialect dialect) {
    spotify.close();
    spotify = start(dialect);
    for (int i = 0; i < 4; i++) {
      catalog.put(PlaylistData.of(id(i), "Theirs", List.of()).withAccess(Access.METADATA_ONLY));
    }
    String list = "--playlists=" + String.join(",", id(0), id(1), id(2), id(3));
    nothing(DAY, "without their songs", list);
    nothing(DAY.plusDays(1), "without their songs", list);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void everythingIsRejectedOnTheSecondDay(Dialect dialect) {
    spotify.close();
    spotify = start(dialect);
    String list = "--playlists=" + SampleCatalog.EMPTY + "," + SampleCatalog.FOCUS;
    JobRun first = JobRun.asUser(DAY, spotify, folder, list);
    assertThat(first.err(), first.exitCode(), is(0));
    spotify.scriptAlways("^/v1/playlists", Scripted.status(500, "{}"));
    JobRun second = nothing(DAY.plusDays(1), "Not one of the list's playlists", list);
    assertThat(second.row().get("playlists_stale").asInt(), is(2));
  }

  @Test
  void aLibraryWithoutPlaylists() {
    catalog.editLibrary(library -> library.withUser("anna", "Anna").withPlaylistIds(List.of()));
    nothing(DAY, "no playlists", "--playlists=me");
    nothing(DAY.plusDays(1), "--mine=all", "--playlists=me", "--mine=owned");
  }

  @Test
  void noLikedSongsAndNothingElse() {
    catalog.editLibrary(
        library ->
            library.withUser("anna", "Anna").withPlaylistIds(List.of()).withLiked(List.of()));
    nothing(DAY, "no Liked Songs", "--playlists=liked");
    nothing(DAY.plusDays(1), "no Liked Songs", "--playlists=me,liked");
    JobRun beside =
        JobRun.asUser(DAY.plusDays(2), spotify, folder, "--playlists=liked," + SampleCatalog.FOCUS);
    assertThat(beside.err(), beside.exitCode(), is(0));
  }

  /** An empty playlist that was asked for by its id is what was asked for. */
  @Test
  void oneEmptyPlaylistIsADay() {
    JobRun run = JobRun.asUser(DAY, spotify, folder, "--playlists=" + SampleCatalog.EMPTY);
    assertThat(run.err(), run.exitCode(), is(0));
  }

  @Test
  void moreInvalidEntriesThanPlaylists() {
    String one = SampleCatalog.FOCUS;
    nothing(DAY, "not playlists (2)", "--playlists=" + one + ",Track name,Artist name");
    JobRun even = JobRun.asUser(DAY, spotify, folder, "--playlists=" + one + ",Track name");
    assertThat(even.err(), even.exitCode(), is(0));
  }

  /** Exit code 3 with the sentence, which only {@code --okExitCodes} turns into 0. */
  private JobRun nothing(LocalDate day, String words, String... args) {
    String[] lenient = with(args, "--maxRejected=1000");
    JobRun run = JobRun.asUser(day, spotify, folder, lenient);
    assertThat(run.err(), run.exitCode(), is(3));
    assertThat(run.err(), containsString(words));
    assertThat(run.err(), not(containsString("Ask it something")));
    JobRun verdict = JobRun.of("status", "--lake=" + folder.resolve("lake"));
    assertThat(verdict.out(), verdict.exitCode(), is(3));
    assertThat(verdict.out(), containsString(words));
    JobRun.awaitNextSecond();
    JobRun ok = JobRun.asUser(day, spotify, folder, with(lenient, "--okExitCodes=3"));
    assertThat(ok.err(), ok.exitCode(), is(0));
    assertThat(ok.err(), not(containsString("Ask it something")));
    return run;
  }

  private static String[] with(String[] args, String more) {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = more;
    return all;
  }

  private static String id(int number) {
    return String.format(Locale.ROOT, "%022d", number);
  }
}
