package dev.playlistlake.io.spotify.land;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.Counts;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.spotify.parse.ParseDetails;
import dev.playlistlake.io.spotify.parse.ParsePlaylists;
import dev.playlistlake.io.spotify.parse.ParsedDetails;
import dev.playlistlake.io.spotify.parse.ParsedPlaylists;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import dev.playlistlake.transforms.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Landing and parsing as steps of a pipeline, against the stand-in. */
class SpotifyTransformsTest {
  private static final String WHOLE = SpotifyLab.id("whole");
  private static final String HIDDEN = SpotifyLab.id("hidden");
  private static final String MISSING = SpotifyLab.id("missing");

  @RegisterExtension final BeamTest beam = new BeamTest();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  private LakeLayout layout() {
    return new LakeLayout(lake.toString(), "2026-11-20", "20261120T060000Z-0001");
  }

  private SpotifyLab lab() {
    SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED);
    lab.catalog.put(SpotifyLab.playlist(WHOLE, 101));
    lab.catalog.put(SpotifyLab.playlist(HIDDEN, 3).withAccess(Access.METADATA_ONLY));
    return lab;
  }

  private LandedResponses landed(SpotifyLab lab) {
    List<ListEntry> entries = new ArrayList<>();
    for (String id : List.of(WHOLE, HIDDEN, MISSING)) {
      entries.add(new ListEntry(entries.size(), id, id));
    }
    entries.add(new ListEntry(3, "no id", null));
    return beam.pipeline()
        .apply("list", Create.of(entries).withCoder(SerializableCoder.of(ListEntry.class)))
        .apply(
            LandPlaylists.of(
                lab.settings(),
                RawDay.of(layout()),
                lab.refreshPolicy(7),
                LibraryScope.ALL,
                null,
                new Snapshot(
                    beam.pipeline()
                        .apply("no day before", Create.empty(TypeDescriptor.of(Playlist.class))),
                    beam.pipeline()
                        .apply("no items", Create.empty(TypeDescriptor.of(PlaylistItem.class))))));
  }

  @Test
  void eachPlaylistLandsOnceWithOneReport() {
    try (SpotifyLab lab = lab()) {
      LandedResponses landed = landed(lab);
      PAssert.that(landed.landed())
          .satisfies(
              all -> {
                List<String> ids = new ArrayList<>();
                all.forEach(one -> ids.addAll(one.rowsOf()));
                assertThat(ids, containsInAnyOrder(WHOLE, HIDDEN, MISSING));
                return null;
              });
      PAssert.thatSingleton(landed.report())
          .satisfies(
              report -> {
                assertThat(report.isAuthorised(), is(true));
                assertThat(report.requests(), is(3L + 1 + 2));
                return null;
              });
      beam.run();
    }
  }

  @Test
  void beamsCountersTellWhatTheAskingHasComeTo() {
    try (SpotifyLab lab = lab()) {
      landed(lab);
      assertThat(
          beam.counters("Spotify"),
          is(
              Map.of(
                  "requests", 6L,
                  "retries", 0L,
                  "throttledMillis", 0L,
                  "playlistsDone", 3L,
                  "itemsRead", 101L,
                  "detailBatchesDone", 0L)));
    }
  }

  @Test
  void whatLandedIsReadAsRowsAndGaps() {
    try (SpotifyLab lab = lab()) {
      ParsedPlaylists parsed = landed(lab).landed().apply(ParsePlaylists.since(Instant.EPOCH));
      PAssert.that(parsed.playlists())
          .satisfies(
              playlists -> {
                Map<String, ReadStatus> statuses = new HashMap<>();
                for (Playlist playlist : playlists) {
                  statuses.put(playlist.playlistId(), playlist.readStatus());
                }
                assertThat(
                    statuses, is(Map.of(WHOLE, ReadStatus.READ, HIDDEN, ReadStatus.METADATA_ONLY)));
                return null;
              });
      PAssert.that(parsed.items()).satisfies(items -> count(items, 101));
      PAssert.that(parsed.rejections())
          .containsInAnyOrder(
              gap(HIDDEN, Reason.NOT_READABLE_BY_THIS_APP), gap(MISSING, Reason.NOT_FOUND));
      PAssert.that(parsed.tallies())
          .satisfies(sums(Map.of(Counts.REQUESTS, 6L, Counts.PLAYLISTS_REJECTED, 1L)));
      beam.run();
    }
  }

  private static Rejection gap(String id, Reason reason) {
    return Rejection.ofPlaylist(id, reason);
  }

  private static @Nullable Void count(Iterable<PlaylistItem> items, int size) {
    List<Integer> positions = new ArrayList<>();
    items.forEach(item -> positions.add(item.position()));
    assertThat(positions.stream().distinct().toList(), hasSize(size));
    return null;
  }

  private static SerializableFunction<Iterable<KV<String, Long>>, Void> sums(
      Map<String, Long> expected) {
    return new Sums(new HashMap<>(expected));
  }

  /** Subtotals add up to what is expected. */
  private record Sums(HashMap<String, Long> expected)
      implements SerializableFunction<Iterable<KV<String, Long>>, Void> {
    @Override
    @SuppressWarnings("NullAway") // a function without a value
    public Void apply(Iterable<KV<String, Long>> tallies) {
      Map<String, Long> sums = new HashMap<>();
      tallies.forEach(tally -> sums.merge(tally.getKey(), tally.getValue(), Long::sum));
      assertThat(sums, is(expected));
      return null;
    }
  }

  @Test
  void detailsAreAskedBehindTheReportAndReadForTheIdsOfTheRun() {
    try (SpotifyLab lab = lab()) {
      String known = SpotifyLab.id("album t1");
      String unknown = SpotifyLab.id("nobody");
      lab.spotify.script("/v1/artists", Scripted.status(500, ""));
      LandedResponses details = details(lab, FetchReport.start(), known, unknown);
      ParsedDetails parsed = details.landed().apply(ParseDetails.since(Instant.EPOCH));
      PAssert.that(parsed.albums())
          .satisfies(
              albums -> {
                List<String> found = new ArrayList<>();
                albums.forEach(album -> found.add(album.albumId() + " " + album.label()));
                assertThat(found, containsInAnyOrder(known + " Label"));
                return null;
              });
      PAssert.that(parsed.rejections())
          .containsInAnyOrder(
              new Rejection(
                  Stage.DETAILS,
                  SubjectType.ALBUM,
                  null,
                  unknown,
                  null,
                  Reason.NOT_FOUND,
                  Reason.NOT_FOUND.words()));
      // The album's own artist, and the one that was asked for at the second try.
      PAssert.that(parsed.artists())
          .satisfies(
              artists -> {
                List<Boolean> detailed = new ArrayList<>();
                artists.forEach(artist -> detailed.add(artist.detailedAt() != null));
                assertThat(detailed, containsInAnyOrder(true, false));
                return null;
              });
      PAssert.that(parsed.tallies()).satisfies(sums(Map.of(Counts.REQUESTS, 3L)));
      beam.run();
    }
  }

  @Test
  void afterAStopDetailsAreGapsAndTheStopIsPassedOn() {
    try (SpotifyLab lab = lab()) {
      FetchReport stopped = new FetchReport(null, Reason.BUDGET_SPENT, null, 4, List.of());
      LandedResponses details = details(lab, stopped, SpotifyLab.id("album t1"));
      PAssert.thatSingleton(details.report())
          .satisfies(
              report -> {
                assertThat(report.stoppedBy(), is(Reason.BUDGET_SPENT));
                assertThat(report.requests(), is(4L));
                return null;
              });
      ParsedDetails parsed = details.landed().apply(ParseDetails.since(Instant.EPOCH));
      PAssert.that(parsed.albums()).empty();
      PAssert.that(parsed.rejections())
          .satisfies(
              gaps -> {
                List<Reason> reasons = new ArrayList<>();
                gaps.forEach(gap -> reasons.add(gap.reason()));
                assertThat(reasons, containsInAnyOrder(Reason.BUDGET_SPENT, Reason.BUDGET_SPENT));
                return null;
              });
      beam.run();
    }
  }

  private LandedResponses details(SpotifyLab lab, FetchReport before, String... albumIds) {
    List<Album> albums = new ArrayList<>();
    for (String id : albumIds) {
      albums.add(Rows.album(id, "Album", Rows.NOON));
    }
    PCollection<Artist> artists =
        beam.pipeline()
            .apply(
                "artists", Create.of(Rows.artist(SpotifyLab.id("artist t2"), "Artist", Rows.NOON)));
    PCollection<FetchReport> report =
        beam.pipeline()
            .apply("report", Create.of(before).withCoder(SerializableCoder.of(FetchReport.class)));
    return beam.pipeline()
        .apply("albums", Create.of(albums))
        .apply(
            LandDetails.of(
                lab.settings(),
                RawDay.of(layout()),
                new Enrichment(true, true, false),
                lab.refreshPolicy(7),
                artists,
                report));
  }
}
