package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
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
 * Makes one row of all sightings of the same song, album or artist, for those that something names.
 *
 * <p>In: sightings in any order and number. Out: one row an id, for the ids given as named; a
 * sighting that nothing names is dropped, an id that nothing has seen stays out. The outcome does
 * not depend on order, bundling or parallelism.
 */
public final class ResolveById<T> extends PTransform<PCollection<T>, PCollection<T>> {
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
  public PCollection<T> expand(PCollection<T> sightings) {
    TupleTag<T> seen = new TupleTag<>("seen");
    TupleTag<String> ids = new TupleTag<>("named");
    PCollection<KV<Integer, T>> seenByBucket =
        sightings
            .apply("Merge sightings of a bundle", ParDo.of(new MergeEarlyFn<>(merging)))
            .setCoder(KvCoder.of(VarIntCoder.of(), codec.coder()));
    PCollection<KV<Integer, String>> namedByBucket =
        named
            .apply("Spread the ids named", ParDo.of(new SpreadIdsFn()))
            .setCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of()));
    return KeyedPCollectionTuple.of(seen, seenByBucket)
        .and(ids, namedByBucket)
        .apply("Group by hash of the id", CoGroupByKey.create())
        .apply("Merge into rows", ParDo.of(new MergeFn<>(merging, seen, ids)))
        .setCoder(codec.coder());
  }

  /** Shrinks what is shuffled: one sighting an id and bundle, where that changes nothing. */
  private static final class MergeEarlyFn<T> extends BundleBufferFn<T, KV<Integer, T>> {
    private final Merging<T> merging;
    private transient Map<String, T> merged = new LinkedHashMap<>();

    MergeEarlyFn(Merging<T> merging) {
      this.merging = merging;
    }

    @Override
    void clear() {
      merged = new LinkedHashMap<>();
    }

    @Override
    void add(T sighting, Consumer<KV<Integer, T>> out) {
      String id = merging.id(sighting);
      if (merging.mayMergeEarly(sighting)) {
        merged.merge(id, sighting, (a, b) -> merging.merge(List.of(a, b)));
      } else {
        out.accept(KV.of(Buckets.of(id, Buckets.GROUPS), sighting));
      }
    }

    @Override
    int size() {
      return merged.size();
    }

    @Override
    void flush(Consumer<KV<Integer, T>> out) {
      merged.forEach((id, row) -> out.accept(KV.of(Buckets.of(id, Buckets.GROUPS), row)));
    }
  }

  /** Each id once a bundle. */
  private static final class SpreadIdsFn extends BundleBufferFn<String, KV<Integer, String>> {
    private transient Set<String> ids = new HashSet<>();

    @Override
    void clear() {
      ids = new HashSet<>();
    }

    @Override
    void add(String id, Consumer<KV<Integer, String>> out) {
      ids.add(id);
    }

    @Override
    int size() {
      return ids.size();
    }

    @Override
    void flush(Consumer<KV<Integer, String>> out) {
      ids.forEach(id -> out.accept(KV.of(Buckets.of(id, Buckets.GROUPS), id)));
    }
  }

  private static final class MergeFn<T> extends DoFn<KV<Integer, CoGbkResult>, T> {
    private final Merging<T> merging;
    private final TupleTag<T> seen;
    private final TupleTag<String> ids;

    MergeFn(Merging<T> merging, TupleTag<T> seen, TupleTag<String> ids) {
      this.merging = merging;
      this.seen = seen;
      this.ids = ids;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> bucket, OutputReceiver<T> out) {
      Map<String, List<T>> sightings = new LinkedHashMap<>();
      for (String id : bucket.getValue().getAll(ids)) {
        sightings.computeIfAbsent(id, unseen -> new ArrayList<>(2));
      }
      for (T sighting : bucket.getValue().getAll(seen)) {
        List<T> ofId = sightings.get(merging.id(sighting));
        if (ofId != null) {
          ofId.add(sighting);
        }
      }
      for (List<T> ofId : sightings.values()) {
        if (!ofId.isEmpty()) {
          out.output(merging.merge(ofId));
        }
      }
    }
  }
}
