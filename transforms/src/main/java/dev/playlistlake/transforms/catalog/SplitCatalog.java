package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.BundleBufferFn;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;

/**
 * Splits slots into sightings of songs, albums and artists, and holds those of a bundle. Not a
 * transform: whole slots between two steps would be the largest data of the job, and some runners
 * send everything that a step puts out to each of its outputs.
 */
public final class SplitCatalog {
  private final SightingBatches<Song> songs = SightingBatches.ofSongs();
  private final SightingBatches<Album> albums = SightingBatches.ofAlbums();
  private final SightingBatches<Artist> artists = SightingBatches.ofArtists();

  /** Where batches go, by table. */
  public record Out(
      Consumer<KV<Integer, byte[]>> songs,
      Consumer<KV<Integer, byte[]>> albums,
      Consumer<KV<Integer, byte[]>> artists) {}

  /** Adds a slot; passes batches on that have become too large to hold. */
  public void add(SeenItem slot, Out out) {
    Song song = slot.song();
    if (song != null) {
      songs.add(song);
    }
    Album album = slot.album();
    if (album != null) {
      albums.add(album);
    }
    slot.artists().forEach(artists::add);
    flush(out, BundleBufferFn.MOST_HELD);
  }

  /** Passes on everything that is held. */
  public void flush(Out out) {
    flush(out, 1);
  }

  private void flush(Out out, int least) {
    flush(songs, out.songs(), least);
    flush(albums, out.albums(), least);
    flush(artists, out.artists(), least);
  }

  private static void flush(
      SightingBatches<?> batches, Consumer<KV<Integer, byte[]>> out, int least) {
    if (batches.size() >= least) {
      batches.flush(out);
    }
  }
}
