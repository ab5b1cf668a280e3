package dev.playlistlake.transforms;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;

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
    PAssert.that(
            rows.of("playlists", days.today(), Playlist.class)
                .apply(
                    CompareSnapshots.with(
                        rows.of("items", days.itemsToday(), PlaylistItem.class),
                        rows.of("playlists before", days.before(), Playlist.class),
                        rows.of("items before", days.itemsBefore(), PlaylistItem.class),
                        rows.of("not found", days.notFound(), String.class),
                        TwoDays.PREVIOUS_DAY)))
        .containsInAnyOrder(days.naiveEvents());
    pipeline.run().waitUntilFinish();
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void mergedRowsDoNotDependOnHowSightingsAreSpread(
      @ForAll("albums") List<Album> sightings,
      @ForAll @IntRange(min = 1, max = 4) int parallelism,
      @ForAll Random random) {
    Map<String, List<Album>> byId =
        sightings.stream().collect(Collectors.groupingBy(Album::albumId));
    List<Album> merged = byId.values().stream().map(new AlbumMerging()::merge).toList();
    List<String> named = new ArrayList<>(byId.keySet());
    named.addAll(byId.keySet());
    TestPipeline pipeline = BeamTest.pipeline(parallelism);
    Scattering rows = new Scattering(pipeline, random);
    PAssert.that(
            rows.of("sightings", sightings, Album.class)
                .apply("pack", PackSightings.ofAlbums())
                .apply(ResolveById.albumsNamedBy(rows.of("named", named, String.class))))
        .containsInAnyOrder(merged);
    pipeline.run().waitUntilFinish();
  }

  @Provide
  Arbitrary<TwoDays> days() {
    return TwoDays.any(20);
  }

  @Provide
  Arbitrary<List<Album>> albums() {
    return Combinators.combine(
            // Few ids, so that the small bundles of the DirectRunner meet some twice.
            Arbitraries.integers().between(0, 4),
            Arbitraries.of("A", "B"),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of("L", "M").injectNull(0.3),
            Arbitraries.of(true, false))
        .as(
            (id, name, seconds, label, simple) -> {
              Album seen = Rows.album("al" + id, name, Rows.NOON.plusSeconds(seconds), "a");
              return simple ? seen : Rows.detailed(seen, label, null, "upc");
            })
        .list()
        .ofMinSize(50)
        .ofMaxSize(100);
  }

  /** Gives rows to a pipeline in any order, from several sources. */
  private record Scattering(Pipeline pipeline, Random random) {
    <T> PCollection<T> of(String name, Collection<T> rows, Class<T> type) {
      List<T> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      int parts = 1 + random.nextInt(2);
      PCollectionList<T> sources = PCollectionList.empty(pipeline);
      for (int part = 0; part < parts; part++) {
        List<T> of =
            shuffled.subList(shuffled.size() * part / parts, shuffled.size() * (part + 1) / parts);
        sources =
            sources.and(
                pipeline.apply(name + " " + part, Create.of(of).withType(TypeDescriptor.of(type))));
      }
      return sources.apply(name, Flatten.pCollections());
    }
  }
}
