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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;

/**
 * Sightings of songs, albums or artists on their way to {@link ResolveById}: batches by hash of the
 * id (see {@link Batches}), with one sighting per id if that changes nothing (decision 9).
 */
final class SightingBatches<T> {
  private final TableCodec<T> codec;
  private final Merging<T> merging;
  private final Map<String, T> merged = new LinkedHashMap<>();
  private final List<T> unmerged = new ArrayList<>();

  private SightingBatches(TableCodec<T> codec, Merging<T> merging) {
    this.codec = codec;
    this.merging = merging;
  }

  static SightingBatches<Song> ofSongs() {
    return new SightingBatches<>(new SongCodec(), new SongMerging());
  }

  static SightingBatches<Album> ofAlbums() {
    return new SightingBatches<>(new AlbumCodec(), new AlbumMerging());
  }

  static SightingBatches<Artist> ofArtists() {
    return new SightingBatches<>(new ArtistCodec(), new ArtistMerging());
  }

  void add(T sighting) {
    if (merging.mayMergeEarly(sighting)) {
      merged.merge(
          merging.id(sighting), sighting, (one, other) -> merging.merge(List.of(one, other)));
    } else {
      unmerged.add(sighting);
    }
  }

  /** The number of sightings held. */
  int size() {
    return merged.size() + unmerged.size();
  }

  /** Passes on all that are held. */
  void flush(Consumer<KV<Integer, byte[]>> out) {
    Batches<T> batches = new Batches<>(RowFormat.of(codec));
    merged.forEach((id, row) -> batches.add(Buckets.of(id, Buckets.GROUPS), row));
    unmerged.forEach(row -> batches.add(Buckets.of(merging.id(row), Buckets.GROUPS), row));
    batches.flush(out);
    merged.clear();
    unmerged.clear();
  }
}
