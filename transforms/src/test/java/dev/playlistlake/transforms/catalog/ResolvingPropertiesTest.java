package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import dev.playlistlake.transforms.Scattering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;

/**
 * Rows of the catalog do not depend on how sightings are spread over bundles and threads. A try is
 * a whole pipeline, so there are few of them, and none to make a failure smaller.
 */
class ResolvingPropertiesTest {
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
}
