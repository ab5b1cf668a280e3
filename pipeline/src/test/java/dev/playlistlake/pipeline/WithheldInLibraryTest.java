package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.RejectionCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a library lists but no app can fetch is data: it fails no day. */
class WithheldInLibraryTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final String MINE = "4nT7zK0q1uRtVwX2yZaBcA";
  private static final String SPOTIFYS = "37i9dQZF1DXcBWIGoYBM5M";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final MapCatalog catalog = new MapCatalog();

  WithheldInLibraryTest(@TempDir Path folder) {
    this.folder = folder;
    catalog.put(PlaylistData.of(MINE, "Mine", List.of()));
    catalog.put(PlaylistData.of(SPOTIFYS, "Top Hits", List.of()).withOwner("spotify", "Spotify"));
    catalog.editLibrary(
        library -> library.withUser("me", "Me").withPlaylistIds(List.of(SPOTIFYS, MINE)));
  }

  private SpotifyStandIn start(Dialect dialect) {
    return SpotifyStandIn.start(
        catalog,
        StandInOptions.defaults().withDialect(dialect).withRefreshToken(JobRun.REFRESH_TOKEN));
  }

  private static void withhold(SpotifyStandIn spotify) {
    spotify.scriptAlways(
        "/v1/playlists/" + SPOTIFYS, Scripted.status(404, "{\"error\":{\"status\":404}}"));
  }

  @ParameterizedTest
  @EnumSource
  void spotifysOwnPlaylistsHaveTheListingsMetadata(Dialect dialect) throws IOException {
    try (SpotifyStandIn spotify = start(dialect)) {
      withhold(spotify);
      JobRun first = run(0, spotify, "me");
      assertMetadataOnly(first, "Top Hits");
      assertThat("once, and to confirm the 404", asked(spotify), is(2L));
      assertReplayedAlike(0, first);

      // Unchanged in the listing: the next day need not ask.
      JobRun second = run(1, spotify, "me");
      assertMetadataOnly(second, "Top Hits");
      assertThat(asked(spotify), is(2L));
      assertReplayedAlike(1, second);

      // Changed, and refused once more.
      catalog.put(
          PlaylistData.of(SPOTIFYS, "Hot Hits", List.of())
              .withOwner("spotify", "Spotify")
              .withSnapshotId("another"));
      JobRun third = run(2, spotify, "me");
      assertMetadataOnly(third, "Hot Hits");
      assertThat(asked(spotify), is(4L));
      assertReplayedAlike(2, third);

      JobRun all = run(3, spotify, "me", "--maxAge=0");
      assertMetadataOnly(all, "Hot Hits");
      assertReplayedAlike(3, all);
      // A rerun of the day finds the refusal stored.
      JobRun.awaitNextSecond();
      JobRun again = run(3, spotify, "me");
      assertMetadataOnly(again, "Hot Hits");
      assertThat(again.row().get("requests").asInt(), is(0));
    }
  }

  @Test
  void whoListsOneHimselfIsToldThatItIsMissing() {
    try (SpotifyStandIn spotify = start(Dialect.EXTENDED)) {
      withhold(spotify);
      JobRun run = run(0, spotify, SPOTIFYS + "," + MINE);
      assertThat(run.err(), run.exitCode(), is(3));
      assertThat(playlists(run), contains(MINE + " Mine READ"));
      JobRun both = run(1, spotify, SPOTIFYS + ",me");
      assertThat(both.err(), both.exitCode(), is(3));
    }
  }

  /** It could be read the day before: those rows stay, and that they are old counts. */
  @Test
  void oneThatWasReadIsStale() throws IOException {
    try (SpotifyStandIn spotify = start(Dialect.EXTENDED)) {
      assertThat(run(0, spotify, "me").exitCode(), is(0));
      JobRun.replay(DAY, folder.resolve("lake/raw"), Files.createDirectories(other()));
      withhold(spotify);
      JobRun run = run(1, spotify, "me", "--maxAge=0");
      assertThat(run.err(), run.exitCode(), is(3));
      assertThat(playlists(run), contains(SPOTIFYS + " Top Hits STALE", MINE + " Mine READ"));
      assertReplayedAlike(1, run);
    }
  }

  @ParameterizedTest
  @EnumSource
  void entriesWithoutAnIdAreOneRowPerKind(Dialect dialect) throws IOException {
    try (SpotifyStandIn spotify = start(dialect)) {
      spotify.scriptAlways(
          "/v1/me/playlists",
          Scripted.edit(
              body ->
                  with(
                      body,
                      "null",
                      "null",
                      "{}",
                      "{\"id\":null,\"name\":\"Ghost\",\"type\":\"playlist\"}",
                      "{\"id\":\"no id\"}")));
      for (int day = 0; day < 2; day++) {
        JobRun run = run(day, spotify, "me");
        assertThat(run.err(), run.exitCode(), is(0));
        assertThat(playlists(run), hasSize(2));
        assertThat(
            rejections(run),
            contains(
                "LIST PLAYLIST me: 'no id' INVALID_ID",
                "LIST PLAYLIST me: entry without id NOT_READABLE_BY_THIS_APP",
                "LIST PLAYLIST me: null NOT_READABLE_BY_THIS_APP"));
        assertThat(run.row().get("playlists_listed").asInt(), is(2));
        assertThat(run.row().get("playlists_rejected").asInt(), is(0));
        assertThat(run.err(), containsString("me: entry without id, me: null"));
        assertReplayedAlike(day, run);
      }
    }
  }

  /** Where a day fails for something else, these are not among what it names. */
  @Test
  void theyAreNotAmongWhatIsMissing() {
    try (SpotifyStandIn spotify = start(Dialect.EXTENDED)) {
      withhold(spotify);
      spotify.scriptAlways("/v1/me/playlists", Scripted.edit(body -> with(body, "null")));
      spotify.scriptAlways("/v1/playlists/" + MINE, Scripted.status(500, ""));
      JobRun run = run(0, spotify, "me");
      assertThat(run.err(), run.exitCode(), is(3));
      assertThat(run.row().get("playlists_rejected").asInt(), is(1));
      assertThat(run.errLines().contains("  " + MINE + " SERVER_ERROR"), is(true));
      assertThat(run.errLines().toString(), not(containsString("me: null NOT_READABLE")));
    }
  }

  private void assertMetadataOnly(JobRun run, String name) {
    assertThat(run.err(), run.exitCode(), is(0));
    assertThat(
        playlists(run),
        contains(SPOTIFYS + " " + name + " METADATA_ONLY", MINE + " Mine " + mine(run)));
    Playlist row =
        run.own(new PlaylistCodec()).stream()
            .filter(each -> each.playlistId().equals(SPOTIFYS))
            .findFirst()
            .orElseThrow();
    assertThat(row.ownerId(), is("spotify"));
    assertThat(row.itemCount(), is(0));
    assertThat(
        rejections(run), contains("PLAYLISTS PLAYLIST " + SPOTIFYS + " NOT_READABLE_BY_THIS_APP"));
    assertThat(run.row().get("playlists_metadata_only").asInt(), is(1));
    assertThat(run.row().get("playlists_rejected").asInt(), is(0));
    assertThat(
        run.own(new PlaylistEventCodec()).stream()
            .filter(event -> event.playlistId().equals(SPOTIFYS))
            .map(event -> event.eventType().toString())
            .filter(type -> !type.equals("RENAMED"))
            .toList(),
        is(empty()));
  }

  private static String mine(JobRun run) {
    return run.row().get("playlists_unchanged").asInt() == 1 ? "UNCHANGED" : "READ";
  }

  private JobRun run(int day, SpotifyStandIn spotify, String playlists, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--playlists=" + playlists);
    return JobRun.asUser(DAY.plusDays(day), spotify, folder, args.toArray(new String[0]));
  }

  private Path other() {
    return folder.resolve("other");
  }

  private void assertReplayedAlike(int day, JobRun run) throws IOException {
    JobRun replay =
        JobRun.replay(
            DAY.plusDays(day), folder.resolve("lake/raw"), Files.createDirectories(other()));
    assertThat(PurityIT.rowsOf(replay), equalTo(PurityIT.rowsOf(run)));
    for (String count :
        List.of("playlists_listed", "playlists_rejected", "playlists_metadata_only")) {
      assertThat(replay.row().get(count), equalTo(run.row().get(count)));
    }
  }

  private static long asked(SpotifyStandIn spotify) {
    return spotify.requests().stream()
        .filter(request -> request.pathAndQuery().startsWith("/v1/playlists/" + SPOTIFYS))
        .count();
  }

  private static List<String> playlists(JobRun run) {
    return run.own(new PlaylistCodec()).stream()
        .map(row -> row.playlistId() + " " + row.name() + " " + row.readStatus())
        .sorted()
        .toList();
  }

  private static List<String> rejections(JobRun run) {
    return run.own(new RejectionCodec()).stream()
        .map(
            row ->
                row.stage() + " " + row.subjectType() + " " + row.subjectId() + " " + row.reason())
        .sorted()
        .toList();
  }

  /** A listing with more entries. */
  private static String with(String body, String... entries) {
    try {
      ObjectNode listing = (ObjectNode) JSON.readTree(body);
      listing.put("total", listing.get("total").asInt() + entries.length);
      for (String entry : entries) {
        ((ArrayNode) listing.get("items")).add(JSON.readTree(entry));
      }
      return listing.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body, e);
    }
  }
}
