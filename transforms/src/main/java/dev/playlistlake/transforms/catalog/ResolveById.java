package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.transforms.Batches;
import dev.playlistlake.transforms.Buckets;
import dev.playlistlake.transforms.BundleBufferFn;
import dev.playlistlake.transforms.PackBatches;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Makes one row of all sightings of the same song, album or artist, if something names it (decision
 * 9).
 *
 * <p>In: batches of sightings ({@link PackSightings}) in any order and number. Out: one row per id
 * that is named and was seen. The outcome does not depend on order, bundling or parallelism.
 */
public final class ResolveById<T>
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollection<T>> {
  private final TableCodec<T> codec;
  private final Merging<T> merging;
  private final transient PCollection<String> named;

  private ResolveById(TableCodec<T> codec, Merging<T> merging, PCollection<String> named) {
    this.codec = codec;
    this.merging = merging;
    this.named = named;
  }

  /** Songs, for the track ids given. */
  public static ResolveById<Song> songsNamedBy(PCollection<String> trackIds) {
    return new ResolveById<>(new SongCodec(), new SongMerging(), trackIds);
  }

  /** Albums, for the album ids given. */
  public static ResolveById<Album> albumsNamedBy(PCollection<String> albumIds) {
    return new ResolveById<>(new AlbumCodec(), new AlbumMerging(), albumIds);
  }

  /** Artists, for the artist ids given. */
  public static ResolveById<Artist> artistsNamedBy(PCollection<String> artistIds) {
    return new ResolveById<>(new ArtistCodec(), new ArtistMerging(), artistIds);
  }

  @Override
  public PCollection<T> expand(PCollection<KV<Integer, byte[]>> sightings) {
    TupleTag<byte[]> seen = new TupleTag<>("seen");
    TupleTag<byte[]> ids = new TupleTag<>("named");
    return KeyedPCollectionTuple.of(seen, sightings)
        .and(
            ids,
            named
                .apply("Ids once a bundle", ParDo.of(new DistinctInBundleFn()))
                .apply(
                    "Spread the ids named",
                    PackBatches.by(id -> Buckets.of(id, Buckets.GROUPS), RowFormat.ofText())))
        .apply("Group by hash of the id", CoGroupByKey.create())
        .apply("Merge into rows", ParDo.of(new MergeFn<>(codec, merging, seen, ids)))
        .setCoder(codec.coder());
  }

  private static final class DistinctInBundleFn extends BundleBufferFn<String, String> {
    private transient Set<String> ids = new HashSet<>();

    @Override
    protected void clear() {
      ids = new HashSet<>();
    }

    @Override
    protected void add(String id, Consumer<String> out) {
      if (ids.add(id)) {
        out.accept(id);
      }
    }

    @Override
    protected int size() {
      return ids.size();
    }

    @Override
    protected void flush(Consumer<String> out) {
      // Everything was passed on by add.
    }
  }

  private static final class MergeFn<T> extends DoFn<KV<Integer, CoGbkResult>, T> {
    private final RowFormat<T> format;
    private final Merging<T> merging;
    private final TupleTag<byte[]> seen;
    private final TupleTag<byte[]> ids;

    MergeFn(TableCodec<T> codec, Merging<T> merging, TupleTag<byte[]> seen, TupleTag<byte[]> ids) {
      this.format = RowFormat.of(codec);
      this.merging = merging;
      this.seen = seen;
      this.ids = ids;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> bucket, OutputReceiver<T> out) {
      Map<String, List<T>> sightings = new LinkedHashMap<>();
      Batches.forEach(
          bucket.getValue().getAll(ids),
          RowFormat.ofText(),
          id -> sightings.computeIfAbsent(id, unseen -> new ArrayList<>(2)));
      Batches.forEach(
          bucket.getValue().getAll(seen),
          format,
          sighting -> {
            List<T> ofId = sightings.get(merging.id(sighting));
            if (ofId != null) {
              ofId.add(sighting);
            }
          });
      for (List<T> ofId : sightings.values()) {
        if (!ofId.isEmpty()) {
          out.output(merging.merge(ofId));
        }
      }
    }
  }
}
