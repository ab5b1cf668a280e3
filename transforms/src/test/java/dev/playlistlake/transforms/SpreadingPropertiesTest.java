package dev.playlistlake.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.testing.BeamTest;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;

/**
 * Rows do not depend on how elements are spread over buckets, bundles and threads. A try is a whole
 * pipeline, so there are few of them, and none to make a failure smaller.
 */
class SpreadingPropertiesTest {
  @Property(edgeCases = EdgeCasesMode.MIXIN)
  void aKeyHasOneBucketAmongThoseThereAre(
      @ForAll String key, @ForAll @IntRange(min = 1, max = 1000) int buckets) {
    int bucket = Buckets.of(key, buckets);
    assertThat(bucket, allOf(greaterThanOrEqualTo(0), lessThan(buckets)));
    assertThat(Buckets.of(new String(key.toCharArray()), buckets), is(bucket));
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void eventsDoNotDependOnHowRowsAreSpread(
      @ForAll("days") TwoDays days,
      @ForAll @IntRange(min = 1, max = 4) int parallelism,
      @ForAll Random random) {
    TestPipeline pipeline = BeamTest.pipeline(parallelism);
    Scattering rows = new Scattering(pipeline, random);
    List<Rejection> rejections =
        days.notFound().stream().map(id -> Rejection.ofPlaylist(id, Reason.NOT_FOUND)).toList();
    PAssert.that(
            new Snapshot(
                    rows.of("playlists", days.today(), Playlist.class),
                    rows.of("items", days.itemsToday(), PlaylistItem.class))
                .apply(
                    "compare",
                    CompareSnapshots.with(
                        new Snapshot(
                            rows.of("playlists before", days.before(), Playlist.class),
                            rows.of("items before", days.itemsBefore(), PlaylistItem.class)),
                        rows.of("rejections", rejections, Rejection.class),
                        TwoDays.PREVIOUS_DAY)))
        .containsInAnyOrder(days.naiveEvents());
    pipeline.run().waitUntilFinish();
  }

  @Provide
  Arbitrary<TwoDays> days() {
    return TwoDays.any(20);
  }
}
