package dev.playlistlake.transforms.catalog;

import static dev.playlistlake.testing.Rows.NOON;
import static dev.playlistlake.testing.Rows.album;
import static dev.playlistlake.testing.Rows.artist;
import static dev.playlistlake.testing.Rows.detailed;
import static dev.playlistlake.testing.Rows.song;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.testing.BeamTest;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Details add columns, and the artists that only they name; they add no album. */
class MergeDetailsTest {
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final Song SONG = song("s1", "Song", NOON, "a1");
  private static final Album ALBUM = album("album-s1", "Album", NOON, "a1");
  private static final Artist ONE = artist("a1", "One", NOON);

  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void detailsFillColumnsAndBringTheArtistsThatTheyName() {
    Album details = detailed(album("album-s1", "Album", LATER, "a1", "guest"), "Label", 40, "upc");
    Album unnamed = detailed(album("other", "Other", LATER, "other"), "Label", 1, "upc");
    Artist guest = artist("guest", "Guest", LATER);
    Artist oneInDetail = new Artist("a1", "One", null, LATER, List.of("pop"), 50, 7, null, LATER);
    Catalog merged =
        merged(
            List.of(details, unnamed),
            List.of(oneInDetail, guest, artist("other", "Other", LATER)));
    PAssert.that(merged.songs()).containsInAnyOrder(SONG);
    PAssert.that(merged.albums()).containsInAnyOrder(details);
    PAssert.that(merged.artists()).containsInAnyOrder(oneInDetail, guest);
    beam.run();
  }

  @Test
  void withoutDetailsTheCatalogStaysAsItIs() {
    Catalog merged = merged(List.of(), List.of());
    PAssert.that(merged.songs()).containsInAnyOrder(SONG);
    PAssert.that(merged.albums()).containsInAnyOrder(ALBUM);
    PAssert.that(merged.artists()).containsInAnyOrder(ONE);
    beam.run();
  }

  private Catalog merged(List<Album> albums, List<Artist> artists) {
    PCollection<Artist> known = rows("known artists", List.of(ONE), Artist.class);
    return ResolvedCatalog.of(
            Catalog.of(
                rows("songs", List.of(SONG), Song.class),
                rows("known albums", List.of(ALBUM), Album.class),
                known),
            ids("albums of songs", "album-s1"),
            ids("artists of songs", "a1"),
            known.apply("artists seen", PackSightings.ofArtists()))
        .apply(
            "merge",
            MergeDetails.of(
                rows("albums", albums, Album.class), rows("artists", artists, Artist.class)));
  }

  private PCollection<String> ids(String name, String... ids) {
    return beam.pipeline().apply(name, Create.of(List.of(ids)).withCoder(StringUtf8Coder.of()));
  }

  private <T> PCollection<T> rows(String name, List<T> rows, Class<T> type) {
    return beam.pipeline().apply(name, Create.of(rows).withType(TypeDescriptor.of(type)));
  }
}
