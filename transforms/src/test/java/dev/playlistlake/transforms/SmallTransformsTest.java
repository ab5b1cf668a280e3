package dev.playlistlake.transforms;

import static dev.playlistlake.testing.Rows.NOON;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SmallTransformsTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void namedIdsAreThoseOfTheRows() {
    PAssert.that(
            beam.pipeline()
                .apply("items", Create.of(Rows.track("p", 0, "s1"), Rows.track("p", 1, "s1")))
                .apply("tracks", NamedIds.tracks()))
        .containsInAnyOrder("s1", "s1");
    PAssert.that(
            beam.pipeline()
                .apply("songs", Create.of(Rows.song("s1", "Song", NOON, "a1", "a2")))
                .apply("artists", NamedIds.artistsOfSongs()))
        .containsInAnyOrder("a1", "a2");
    beam.run();
  }

  @Test
  void anEntryThatIsNoPlaylistIsRejectedInWords() {
    ListEntry album = new ListEntry(3, "https://open.spotify.com/album/x", null);
    ListEntry odd = new ListEntry(4, "what?", null);
    PAssert.that(
            beam.pipeline()
                .apply(
                    Create.of(new ListEntry(0, "p", "p"), album, odd)
                        .withCoder(SerializableCoder.of(ListEntry.class)))
                .apply(RejectInvalidEntries.create()))
        .containsInAnyOrder(
            rejected(album, "a link to another kind of thing (album), not to a playlist"),
            rejected(odd, Reason.INVALID_ID.words()));
    beam.run();
  }

  private static Rejection rejected(ListEntry entry, String message) {
    return new Rejection(
        Stage.LIST,
        SubjectType.PLAYLIST,
        null,
        entry.given(),
        entry.index(),
        Reason.INVALID_ID,
        message);
  }

  @Test
  void subtotalsAddUpToTheCount() {
    PAssert.that(
            beam.pipeline()
                .apply(Create.of(IntStream.range(0, 1000).boxed().toList()))
                .apply(CountBy.of(number -> number % 3 == 0 ? "threes" : "others")))
        .satisfies(
            subtotals -> {
              Map<String, Long> totals = new HashMap<>();
              subtotals.forEach(
                  subtotal -> totals.merge(subtotal.getKey(), subtotal.getValue(), Long::sum));
              assertThat(totals, equalTo(Map.of("threes", 334L, "others", 666L)));
              return null;
            });
    beam.run();
  }

  @Test
  void bucketsAreStableAndAllUsed() {
    assertThat(Buckets.of("37i9dQZF1DXcBWIGoYBM5M", 64), is(44));
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      used.add(Buckets.of("id" + i, 64));
    }
    assertThat(used.size(), greaterThan(60));
  }

  @Test
  void aTestThatForgetsToRunItsPipelineIsFound() {
    BeamTest forgetful = new BeamTest();
    assertThat(forgetful.isForgotten(), is(false));
    forgetful.pipeline().apply(Create.of(1));
    assertThat(forgetful.isForgotten(), is(true));
    forgetful.run();
    assertThat(forgetful.isForgotten(), is(false));
  }
}
