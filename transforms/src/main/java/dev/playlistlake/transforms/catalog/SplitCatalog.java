package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.BundleBufferFn;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;

/**
 * Takes slots apart into sightings of songs, albums and artists, and holds those of a bundle. No
 * transform of its own: whole slots between two steps would be the most that the job moves, and
 * some runners give each output of a step all that it puts out.
 */
public final class SplitCatalog {
  private final SightingBatches<Song> songs = SightingBatches.ofSongs();
  private final SightingBatches<Album> albums = SightingBatches.ofAlbums();
  private final SightingBatches<Artist> artists = SightingBatches.ofArtists();

  /** Where batches go, by the table that they are of. */
  public record Out(
      Consumer<KV<Integer, byte[]>> songs,
      Consumer<KV<Integer, byte[]>> albums,
      Consumer<KV<Integer, byte[]>> artists) {}

  /** Takes a slot in; gives batches away where they have become too large to be held. */
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

  /** Gives away all that wait. */
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
