package dev.playlistlake.transforms.catalog;

import static dev.playlistlake.testing.Rows.NOON;
import static dev.playlistlake.testing.Rows.album;
import static dev.playlistlake.testing.Rows.artist;
import static dev.playlistlake.testing.Rows.detailed;
import static dev.playlistlake.testing.Rows.song;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.testing.BeamTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResolveByIdTest {
  private static final Instant EARLIER = NOON.minus(Duration.ofHours(1));
  private static final Instant LATER = NOON.plus(Duration.ofHours(1));

  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void theNewestSightingOfASongWins() {
    Song old = song("s1", "Old title", EARLIER, "a");
    Song renamed = song("s1", "New title", NOON, "a");
    PAssert.that(resolvedSongs(List.of("s1"), renamed, old, old)).containsInAnyOrder(renamed);
    beam.run();
  }

  @Test
  void amongEquallyNewTheFullestWinsThenTheSmallestEncoding() {
    Song bare =
        new Song("s1", "A", null, null, null, null, null, null, null, List.of(), null, NOON);
    Song full = song("s1", "B", NOON, "a");
    Song twin = song("s1", "A", NOON, "a");
    PAssert.that(resolvedSongs(List.of("s1"), bare, full, twin)).containsInAnyOrder(twin);
    beam.run();
  }

  @Test
  void whatNothingNamesIsDropped() {
    Song named = song("s1", "Named", NOON);
    PAssert.that(resolvedSongs(List.of("s1", "s1", "unseen"), named, song("s2", "Alone", NOON)))
        .containsInAnyOrder(named);
    beam.run();
  }

  @Test
  void detailColumnsComeFromTheNewestDetailThatHasThem() {
    Album seen = album("al", "Title today", LATER, "a");
    Album firstDetail = detailed(album("al", "Title", EARLIER, "a"), "Label", 10, "upc");
    Album poorerDetail = detailed(album("al", "Title", NOON, "a"), null, 20, null);
    Album merged = seen.withDetails("Label", 20, "upc", NOON);
    PAssert.that(resolvedAlbums(seen, poorerDetail, firstDetail)).containsInAnyOrder(merged);
    beam.run();
  }

  @Test
  void aLaterSimpleSightingNeverErasesADetail() {
    Album detail = detailed(album("al", "Title", EARLIER, "a"), "Label", 10, "upc");
    Album merged = album("al", "Title", NOON, "a").withDetails("Label", 10, "upc", EARLIER);
    PAssert.that(resolvedAlbums(detail, album("al", "Title", NOON, "a")))
        .containsInAnyOrder(merged);
    beam.run();
  }

  @Test
  void emptyGenresAreAnAnswerButAbsentOnesAreNot() {
    Artist none = new Artist("a", "N", null, EARLIER, List.of(), 1, 2, "img", EARLIER);
    Artist absent = new Artist("a", "N", null, NOON, null, 3, null, null, NOON);
    PCollection<Artist> resolved =
        beam.pipeline()
            .apply("sightings", Create.of(absent, none, artist("a", "Name", LATER)))
            .apply("pack", PackSightings.ofArtists())
            .apply(ResolveById.artistsNamedBy(names(List.of("a"))));
    PAssert.that(resolved)
        .containsInAnyOrder(new Artist("a", "Name", null, LATER, List.of(), 3, 2, "img", NOON));
    beam.run();
  }

  @Test
  void resolvesMoreIdsThanABundleHolds() {
    int many = 21_000;
    List<String> ids = IntStream.range(0, many).mapToObj(i -> "id" + i).toList();
    PCollection<Song> resolved =
        beam.pipeline()
            .apply("sightings", Create.of(ids.stream().map(id -> song(id, id, NOON)).toList()))
            .apply("pack", PackSightings.ofSongs())
            .apply(ResolveById.songsNamedBy(names(ids)));
    PAssert.that(resolved)
        .satisfies(
            songs -> {
              List<String> found = new ArrayList<>();
              songs.forEach(song -> found.add(song.trackId()));
              assertThat(found.size(), equalTo(many));
              assertThat(found.stream().distinct().count(), equalTo((long) many));
              return null;
            });
    beam.run();
  }

  private PCollection<Song> resolvedSongs(List<String> named, Song... sightings) {
    return beam.pipeline()
        .apply("sightings", Create.of(List.of(sightings)))
        .apply("pack", PackSightings.ofSongs())
        .apply(ResolveById.songsNamedBy(names(named)));
  }

  private PCollection<Album> resolvedAlbums(Album... sightings) {
    return beam.pipeline()
        .apply("sightings", Create.of(List.of(sightings)))
        .apply("pack", PackSightings.ofAlbums())
        .apply(ResolveById.albumsNamedBy(names(List.of("al"))));
  }

  private PCollection<String> names(List<String> ids) {
    return beam.pipeline().apply("names", Create.of(ids).withCoder(StringUtf8Coder.of()));
  }
}
