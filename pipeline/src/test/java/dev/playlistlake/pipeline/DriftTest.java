package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Playlists that move, or seem to, while they are read: published whole, or carried, never torn.
 */
class DriftTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final String ID = "0000000000000000drift1";
  private static final int ITEMS = 350;
  private static final int WHOLE_READ = 1 + 3 + 1;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final MapCatalog catalog = new MapCatalog();

  @Test
  void aSnapshotIdThatIsAnotherAtEveryRequestProvesNothing() {
    StandInOptions random =
        StandInOptions.defaults().withSnapshotIds(() -> UUID.randomUUID().toString());
    catalog.put(playlist(tracks(0, ITEMS)));
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, random)) {
      for (int day = 0; day < 2; day++) {
        JobRun run = run(day, spotify);
        assertRead(run, tracks(0, ITEMS));
        assertThat(run.row().get("requests").asInt(), is(WHOLE_READ));
        assertThat(run.own(new PlaylistEventCodec()), hasSize(day == 0 ? 1 : 0));
      }
    }
  }

  @Test
  void aSnapshotIdThatMovesWhileTheItemsStayProvesNothingEither() {
    catalog.put(playlist(tracks(0, ITEMS)));
    AtomicInteger cover = new AtomicInteger();
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      spotify.scriptAlways(
          "/tracks",
          Scripted.normal()
              .then(
                  () ->
                      catalog.edit(
                          ID, list -> list.withSnapshotId("cover-" + cover.incrementAndGet()))));
      JobRun run = run(0, spotify);
      assertRead(run, tracks(0, ITEMS));
      assertThat(run.row().get("requests").asInt(), is(WHOLE_READ));
    }
  }

  @Test
  void anEditWhilePagingIsReadAnew() {
    catalog.put(playlist(tracks(0, ITEMS)));
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      // A track goes from the front: every later page would miss one.
      spotify.script("/tracks", Scripted.normal().then(() -> put("2", tracks(1, ITEMS - 1))));
      assertRead(run(0, spotify), tracks(1, ITEMS - 1));
      // A swap within the first answer, which no total tells.
      spotify.script(
          "/tracks", Scripted.normal().then(() -> put("3", reversed(tracks(1, ITEMS - 1)))));
      put("2b", tracks(1, ITEMS - 1));
      assertRead(run(1, spotify), reversed(tracks(1, ITEMS - 1)));
    }
  }

  @Test
  void whatNeverStandsStillIsCarriedWhole() {
    catalog.put(playlist(tracks(0, ITEMS)));
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      assertRead(run(0, spotify), tracks(0, ITEMS));
      put("2", tracks(5, ITEMS));
      restless(spotify);
      JobRun second = run(1, spotify);
      assertThat(only(second).readStatus(), is(ReadStatus.STALE));
      assertThat(uris(second), equalTo(uris(tracks(0, ITEMS))));
      assertThat(reasons(second), equalTo(List.of(Reason.TORN_READ)));
      assertThat(second.own(new PlaylistEventCodec()), is(empty()));
      assertThat(second.exitCode(), is(3));
    }
  }

  @Test
  void withNothingToCarryWhatNeverStandsStillIsIncomplete() {
    catalog.put(playlist(tracks(0, ITEMS)));
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      restless(spotify);
      JobRun run = run(0, spotify);
      assertThat(only(run).readStatus(), is(ReadStatus.INCOMPLETE));
      assertThat(reasons(run), equalTo(List.of(Reason.TORN_READ)));
    }
  }

  /** Every look at a page finds the playlist one track longer. */
  private void restless(SpotifyStandIn spotify) {
    AtomicInteger edits = new AtomicInteger();
    spotify.scriptAlways(
        "/tracks",
        Scripted.normal()
            .then(
                () -> {
                  int edit = edits.incrementAndGet();
                  put("edit-" + edit, tracks(0, ITEMS + edit));
                }));
  }

  private void put(String snapshotId, List<ItemData> items) {
    catalog.put(playlist(items).withSnapshotId(snapshotId));
  }

  private JobRun run(int day, SpotifyStandIn spotify) {
    return JobRun.on(DAY.plusDays(day), spotify, folder, "--playlists=" + ID, "--enrich=none");
  }

  private static void assertRead(JobRun run, List<ItemData> items) {
    assertThat(run.err(), run.exitCode(), is(0));
    assertThat(only(run).readStatus(), is(ReadStatus.READ));
    assertThat(uris(run), equalTo(uris(items)));
    assertThat(run.own(new RejectionCodec()), is(empty()));
  }

  private static Playlist only(JobRun run) {
    List<Playlist> playlists = run.own(new PlaylistCodec());
    assertThat(run.err(), playlists, hasSize(1));
    return playlists.get(0);
  }

  private static List<Reason> reasons(JobRun run) {
    return run.own(new RejectionCodec()).stream().map(Rejection::reason).toList();
  }

  private static List<String> uris(JobRun run) {
    return run.own(new PlaylistItemCodec()).stream()
        .sorted(Comparator.comparing(PlaylistItem::position))
        .map(item -> String.valueOf(item.itemUri()))
        .toList();
  }

  private static List<String> uris(List<ItemData> items) {
    List<String> uris = new ArrayList<>();
    for (ItemData item : items) {
      TrackData track = item.track();
      uris.add(track == null ? "" : track.uri());
    }
    return uris;
  }

  private static List<ItemData> reversed(List<ItemData> items) {
    List<ItemData> reversed = new ArrayList<>(items);
    Collections.reverse(reversed);
    return reversed;
  }

  private static PlaylistData playlist(List<ItemData> items) {
    return PlaylistData.of(ID, "Drifting", items);
  }

  private static List<ItemData> tracks(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(DriftTest::track).toList();
  }

  private static ItemData track(int number) {
    String id = String.format(Locale.ROOT, "%022d", number);
    return ItemData.track(
        null,
        null,
        new TrackData(
            id,
            "spotify:track:" + id,
            "Track",
            1_000,
            false,
            1,
            1,
            null,
            null,
            AlbumData.unidentified("Album"),
            List.of()));
  }
}
