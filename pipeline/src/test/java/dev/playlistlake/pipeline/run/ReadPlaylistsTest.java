package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Song;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.catalog.Catalog;
import dev.playlistlake.transforms.catalog.ResolveCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From the list to today's rows, over HTTP against the stand-in. */
class ReadPlaylistsTest {
  /** Listed, known from the day before, and out of reach today. */
  private static final String LOST = SampleCatalog.FORBIDDEN;

  @RegisterExtension final BeamTest beam = new BeamTest();

  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void whatSpotifyTellsAndWhatTheDayBeforeKnowsAreTodaysRows() {
    TodaysPlaylists read = read();
    int inSunset =
        SampleCatalog.create().playlist(SampleCatalog.SUNSET).orElseThrow().items().size();
    PAssert.that(read.snapshot().playlists())
        .satisfies(
            rows -> {
              List<String> statuses = new ArrayList<>();
              for (Playlist row : rows) {
                statuses.add(row.playlistId() + " " + row.readStatus());
              }
              assertThat(
                  statuses,
                  containsInAnyOrder(
                      SampleCatalog.SUNSET + " " + ReadStatus.READ,
                      SampleCatalog.EMPTY + " " + ReadStatus.READ,
                      LOST + " " + ReadStatus.STALE));
              return null;
            });
    PAssert.that(read.snapshot().items())
        .satisfies(
            rows -> {
              List<PlaylistItem> carried = new ArrayList<>();
              int fetched = 0;
              for (PlaylistItem row : rows) {
                if (row.playlistId().equals(LOST)) {
                  carried.add(row);
                } else {
                  fetched++;
                }
              }
              assertThat(carried, is(List.of(Rows.track(LOST, 0, "s1"))));
              assertThat(fetched, is(inSunset));
              return null;
            });
    beam.run();
  }

  @Test
  void gapsCountsAndTheReportComeBesideTheRows() {
    TodaysPlaylists read = read();
    PAssert.that(read.unreadable())
        .containsInAnyOrder(
            Rejection.ofPlaylist(LOST, Reason.FORBIDDEN),
            Rejection.ofPlaylist(SampleCatalog.MISSING, Reason.NOT_FOUND));
    PAssert.that(read.rejections().apply("all", Flatten.pCollections()))
        .satisfies(
            rejections -> {
              List<Reason> reasons = new ArrayList<>();
              rejections.forEach(rejection -> reasons.add(rejection.reason()));
              assertThat(
                  reasons,
                  containsInAnyOrder(Reason.INVALID_ID, Reason.FORBIDDEN, Reason.NOT_FOUND));
              return null;
            });
    PAssert.that(read.list())
        .satisfies(
            entries -> {
              List<ListEntry> list = new ArrayList<>();
              entries.forEach(list::add);
              assertThat(list, hasSize(5));
              return null;
            });
    PAssert.thatSingleton(read.report())
        .satisfies(
            report -> {
              assertThat(report.isAuthorised(), is(true));
              return null;
            });
    PAssert.that(read.evidence())
        .satisfies(
            evidence -> {
              assertThat(
                  StandInJob.tallies(evidence),
                  is(Map.of("requests", 5L, "playlists_rejected", 2L)));
              return null;
            });
    beam.run();
  }

  @Test
  void sightingsHoldASongForEachTrackOfTheItems() {
    TodaysPlaylists read = read();
    Catalog nothing =
        Catalog.of(
            none("songs", Song.class), none("albums", Album.class), none("artists", Artist.class));
    Set<String> tracks = new TreeSet<>();
    SampleCatalog.create().playlist(SampleCatalog.SUNSET).orElseThrow().items().stream()
        .map(ItemData::track)
        .filter(track -> track != null && track.id() != null)
        .forEach(track -> tracks.add(String.valueOf(track.id())));
    PAssert.that(
            read.snapshot()
                .apply("resolve", ResolveCatalog.from(read.sightings(), nothing))
                .songs())
        .satisfies(
            songs -> {
              Set<String> ids = new TreeSet<>();
              songs.forEach(song -> ids.add(song.trackId()));
              assertThat(ids, is(tracks));
              return null;
            });
    beam.run();
  }

  private TodaysPlaylists read() {
    LakeJob job =
        StandInJob.of(
            spotify, lake, SampleCatalog.SUNSET, SampleCatalog.EMPTY, LOST, SampleCatalog.MISSING);
    Snapshot dayBefore =
        new Snapshot(
            beam.pipeline()
                .apply("playlists before", Create.of(Rows.playlist(LOST, ReadStatus.READ, 1))),
            beam.pipeline().apply("items before", Create.of(Rows.track(LOST, 0, "s1"))));
    List<ListEntry> entries = new ArrayList<>(job.entries());
    entries.add(new ListEntry(entries.size(), "no id", null));
    return beam.pipeline()
        .apply("list", Create.of(entries).withCoder(SerializableCoder.of(ListEntry.class)))
        .apply("read", ReadPlaylists.of(job, dayBefore));
  }

  private <T> PCollection<T> none(String name, Class<T> type) {
    return beam.pipeline().apply("no " + name, Create.empty(TypeDescriptor.of(type)));
  }
}
