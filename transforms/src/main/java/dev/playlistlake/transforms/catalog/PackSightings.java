package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.BundleBufferFn;
import dev.playlistlake.transforms.PackBatches;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.SerializableSupplier;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Packs sightings into batches for {@link ResolveById}. */
public final class PackSightings<T>
    extends PTransform<PCollection<T>, PCollection<KV<Integer, byte[]>>> {
  private final SerializableSupplier<SightingBatches<T>> batches;

  private PackSightings(SerializableSupplier<SightingBatches<T>> batches) {
    this.batches = batches;
  }

  public static PackSightings<Song> ofSongs() {
    return new PackSightings<>(SightingBatches::ofSongs);
  }

  public static PackSightings<Album> ofAlbums() {
    return new PackSightings<>(SightingBatches::ofAlbums);
  }

  public static PackSightings<Artist> ofArtists() {
    return new PackSightings<>(SightingBatches::ofArtists);
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<T> sightings) {
    return sightings
        .apply("Merge sightings of a bundle", ParDo.of(new PackFn<>(batches)))
        .setCoder(PackBatches.coder());
  }

  private static final class PackFn<T> extends BundleBufferFn<T, KV<Integer, byte[]>> {
    private final SerializableSupplier<SightingBatches<T>> empty;
    private transient SightingBatches<T> batches;

    PackFn(SerializableSupplier<SightingBatches<T>> empty) {
      this.empty = empty;
      this.batches = empty.get();
    }

    @Override
    protected void clear() {
      batches = empty.get();
    }

    @Override
    protected void add(T sighting, Consumer<KV<Integer, byte[]>> out) {
      batches.add(sighting);
    }

    @Override
    protected int size() {
      return batches.size();
    }

    @Override
    protected void flush(Consumer<KV<Integer, byte[]>> out) {
      batches.flush(out);
    }
  }
}
