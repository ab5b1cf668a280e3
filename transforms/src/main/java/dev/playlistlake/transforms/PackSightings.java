package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Makes batches of sightings, for {@link ResolveById}. */
public final class PackSightings<T>
    extends PTransform<PCollection<T>, PCollection<KV<Integer, byte[]>>> {
  private final TableCodec<T> codec;
  private final Merging<T> merging;

  private PackSightings(TableCodec<T> codec, Merging<T> merging) {
    this.codec = codec;
    this.merging = merging;
  }

  public static PackSightings<Song> ofSongs() {
    return new PackSightings<>(new SongCodec(), new SongMerging());
  }

  public static PackSightings<Album> ofAlbums() {
    return new PackSightings<>(new AlbumCodec(), new AlbumMerging());
  }

  public static PackSightings<Artist> ofArtists() {
    return new PackSightings<>(new ArtistCodec(), new ArtistMerging());
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<T> sightings) {
    return sightings
        .apply("Merge sightings of a bundle", ParDo.of(new PackFn<>(codec, merging)))
        .setCoder(PackBatches.coder());
  }

  private static final class PackFn<T> extends BundleBufferFn<T, KV<Integer, byte[]>> {
    private final TableCodec<T> codec;
    private final Merging<T> merging;
    private transient SightingBatches<T> batches;

    PackFn(TableCodec<T> codec, Merging<T> merging) {
      this.codec = codec;
      this.merging = merging;
      this.batches = new SightingBatches<>(codec, merging);
    }

    @Override
    void clear() {
      batches = new SightingBatches<>(codec, merging);
    }

    @Override
    void add(T sighting, Consumer<KV<Integer, byte[]>> out) {
      batches.add(sighting);
    }

    @Override
    int size() {
      return batches.size();
    }

    @Override
    void flush(Consumer<KV<Integer, byte[]>> out) {
      batches.flush(out);
    }
  }
}
