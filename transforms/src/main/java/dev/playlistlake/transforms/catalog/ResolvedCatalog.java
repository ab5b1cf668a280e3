package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.NamedOutputs;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The catalog without today's details: what playlists show and what the day before has. It also
 * carries what {@link MergeDetails} needs to resolve again, so that nothing is computed twice.
 */
public final class ResolvedCatalog extends NamedOutputs implements PInput {
  private static final TupleTag<Song> SONGS = new TupleTag<>("songs");
  private static final TupleTag<Album> ALBUMS = new TupleTag<>("albums");
  private static final TupleTag<Artist> ARTISTS = new TupleTag<>("artists");
  private static final TupleTag<String> ALBUMS_OF_SONGS = new TupleTag<>("albums of songs");
  private static final TupleTag<String> ARTISTS_OF_SONGS = new TupleTag<>("artists of songs");
  private static final TupleTag<KV<Integer, byte[]>> ARTISTS_SEEN = new TupleTag<>("artists seen");

  private ResolvedCatalog(PCollectionTuple outputs) {
    super(outputs);
  }

  static ResolvedCatalog of(
      Catalog rows,
      PCollection<String> albumsOfSongs,
      PCollection<String> artistsOfSongs,
      PCollection<KV<Integer, byte[]>> artistsSeen) {
    return new ResolvedCatalog(
        PCollectionTuple.of(SONGS, rows.songs())
            .and(ALBUMS, rows.albums())
            .and(ARTISTS, rows.artists())
            .and(ALBUMS_OF_SONGS, albumsOfSongs)
            .and(ARTISTS_OF_SONGS, artistsOfSongs)
            .and(ARTISTS_SEEN, artistsSeen));
  }

  /** Applies a transform that takes the whole catalog. */
  public <T extends POutput> T apply(String name, PTransform<? super ResolvedCatalog, T> step) {
    return Pipeline.applyTransform(name, this, step);
  }

  /** Exactly one row per track id that an item names. */
  public PCollection<Song> songs() {
    return outputs.get(SONGS);
  }

  /** The albums of those songs. */
  public PCollection<Album> albums() {
    return outputs.get(ALBUMS);
  }

  /** The artists of those songs and albums. */
  public PCollection<Artist> artists() {
    return outputs.get(ARTISTS);
  }

  /** Ids, with duplicates. */
  PCollection<String> albumsOfSongs() {
    return outputs.get(ALBUMS_OF_SONGS);
  }

  /** Ids, with duplicates. */
  PCollection<String> artistsOfSongs() {
    return outputs.get(ARTISTS_OF_SONGS);
  }

  /** All sightings of artists: details of albums may name artists that no row named before. */
  PCollection<KV<Integer, byte[]>> artistsSeen() {
    return outputs.get(ARTISTS_SEEN);
  }
}
