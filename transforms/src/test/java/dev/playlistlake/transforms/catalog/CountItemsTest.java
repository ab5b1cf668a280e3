package dev.playlistlake.transforms.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.testing.BeamTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A song in three places counts three times for its album and once each for its artists. */
class CountItemsTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void eachItemCountsForTheAlbumAndTheArtistsOfItsSong() {
    PCollection<Song> songs =
        beam.pipeline()
            .apply(
                "songs",
                Create.of(
                    song("t1", "b1", "a1", "a2", "a1"),
                    song("t2", "b1", "a2"),
                    song("t3", "b3", "a3")));
    PCollection<PlaylistItem> items =
        beam.pipeline()
            .apply("items", Create.of(item(0, "t1"), item(1, "t1"), item(2, "t2"), item(3, "t1")));
    ItemCounts counted = songs.apply(CountItems.in(items));
    assertSums(counted.albums(), Map.of("b1", 4L, "b3", 0L));
    assertSums(counted.artists(), Map.of("a1", 3L, "a2", 4L, "a3", 0L));
    beam.run();
  }

  private static void assertSums(PCollection<DetailState> subtotals, Map<String, Long> expected) {
    PAssert.that(subtotals)
        .satisfies(
            states -> {
              Map<String, Long> sums = new TreeMap<>();
              states.forEach(state -> sums.merge(state.id(), state.items(), Long::sum));
              assertThat(sums, is(expected));
              return null;
            });
  }

  private static Song song(String id, String albumId, String... artists) {
    return new Song(
        id,
        id,
        1,
        false,
        1,
        1,
        1,
        null,
        albumId,
        List.of(artists).stream().map(artist -> new ArtistRef(artist, "n")).toList(),
        null,
        null);
  }

  private static PlaylistItem item(int position, String track) {
    return new PlaylistItem("p", position, ItemType.TRACK, track, "u:" + track, track, null, null);
  }
}
