package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.publish.AuditEvidence;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.catalog.Catalog;
import dev.playlistlake.transforms.catalog.PackSightings;
import dev.playlistlake.transforms.catalog.ResolveCatalog;
import dev.playlistlake.transforms.catalog.ResolvedCatalog;
import dev.playlistlake.transforms.catalog.Sightings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/** From the resolved catalog to details, over HTTP against the stand-in. */
class ReadDetailsTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  private final MapCatalog catalog = SampleCatalog.create();
  private final SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());
  private final TrackData track =
      Objects.requireNonNull(
          catalog.playlist(SampleCatalog.SUNSET).orElseThrow().items().get(0).track());
  private final AlbumData sample = track.album();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void detailsOfTheCatalogAreReadAndCounted() {
    TodaysDetails details = read(FetchReport.start());
    String label = sample.id() + " " + sample.label();
    PAssert.that(details.albums())
        .satisfies(
            albums -> {
              List<String> labels = new ArrayList<>();
              albums.forEach(album -> labels.add(album.albumId() + " " + album.label()));
              assertThat(labels, contains(label));
              return null;
            });
    PAssert.that(details.artists())
        .satisfies(
            artists -> {
              boolean detailed = false;
              for (Artist artist : artists) {
                detailed |= artist.detailedAt() != null;
              }
              assertThat(detailed, is(true));
              return null;
            });
    PAssert.that(details.rejections()).empty();
    PAssert.that(evidence(details))
        .satisfies(
            evidence -> {
              assertThat(StandInJob.tallies(evidence), is(Map.of("requests", 2L)));
              List<Long> requests = new ArrayList<>();
              for (AuditEvidence one : evidence) {
                if (one.report() != null) {
                  requests.add(one.report().requests());
                }
              }
              assertThat("one report on the whole run", requests, contains(2L));
              return null;
            });
    beam.run();
  }

  @Test
  void afterAStopDetailsAreGapsAndTheStopIsPassedOn() {
    TodaysDetails details = read(new FetchReport(null, Reason.BUDGET_SPENT, null, 4, List.of()));
    PAssert.that(details.albums()).empty();
    PAssert.that(details.artists()).empty();
    PAssert.that(details.rejections())
        .satisfies(
            gaps -> {
              List<Reason> reasons = new ArrayList<>();
              gaps.forEach(gap -> reasons.add(gap.reason()));
              assertThat(reasons, containsInAnyOrder(Reason.BUDGET_SPENT, Reason.BUDGET_SPENT));
              return null;
            });
    PAssert.that(evidence(details))
        .satisfies(
            evidence -> {
              List<Reason> stops = new ArrayList<>();
              for (AuditEvidence one : evidence) {
                if (one.report() != null) {
                  stops.add(one.report().stoppedBy());
                }
              }
              assertThat(stops, contains(Reason.BUDGET_SPENT));
              return null;
            });
    beam.run();
  }

  private static PCollection<AuditEvidence> evidence(TodaysDetails details) {
    return details.evidence().apply("all evidence", Flatten.pCollections());
  }

  private TodaysDetails read(FetchReport playlists) {
    return known()
        .apply(
            "read",
            ReadDetails.of(
                StandInJob.of(spotify, lake),
                none("items in playlists", PlaylistItem.class),
                beam.pipeline()
                    .apply(
                        "report",
                        Create.of(playlists).withCoder(SerializableCoder.of(FetchReport.class)))));
  }

  /** One song, its album and its artist, as the day before knew them without details. */
  private ResolvedCatalog known() {
    String artist = Objects.requireNonNull(sample.artists().get(0).id());
    Album album = Rows.album(Objects.requireNonNull(sample.id()), "Album", Rows.NOON, artist);
    Song song =
        new Song(
            "s1",
            "Song",
            1,
            false,
            1,
            1,
            1,
            null,
            album.albumId(),
            album.artists(),
            null,
            Rows.NOON);
    Catalog before =
        Catalog.of(
            rows("songs", song, Song.class),
            rows("albums", album, Album.class),
            rows("artists", Rows.artist(artist, "Artist", Rows.NOON), Artist.class));
    Sightings nothing =
        new Sightings(
            none("songs", Song.class).apply("pack songs", PackSightings.ofSongs()),
            none("albums", Album.class).apply("pack albums", PackSightings.ofAlbums()),
            none("artists", Artist.class).apply("pack artists", PackSightings.ofArtists()));
    return new Snapshot(
            none("playlists", Playlist.class),
            rows("items", Rows.track("p", 0, "s1"), PlaylistItem.class))
        .apply("resolve", ResolveCatalog.from(nothing, before));
  }

  private <T> PCollection<T> rows(String name, T row, Class<T> type) {
    return beam.pipeline().apply(name, Create.of(row).withType(TypeDescriptor.of(type)));
  }

  private <T> PCollection<T> none(String name, Class<T> type) {
    return beam.pipeline().apply("no " + name, Create.empty(TypeDescriptor.of(type)));
  }
}
