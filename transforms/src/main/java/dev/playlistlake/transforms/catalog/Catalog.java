package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.NamedOutputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** The songs, albums and artists of a day, one row per id. */
public final class Catalog extends NamedOutputs {
  private static final TupleTag<Song> SONGS = new TupleTag<>("songs");
  private static final TupleTag<Album> ALBUMS = new TupleTag<>("albums");
  private static final TupleTag<Artist> ARTISTS = new TupleTag<>("artists");

  private Catalog(PCollectionTuple outputs) {
    super(outputs);
  }

  public static Catalog of(
      PCollection<Song> songs, PCollection<Album> albums, PCollection<Artist> artists) {
    return new Catalog(PCollectionTuple.of(SONGS, songs).and(ALBUMS, albums).and(ARTISTS, artists));
  }

  public PCollection<Song> songs() {
    return outputs.get(SONGS);
  }

  public PCollection<Album> albums() {
    return outputs.get(ALBUMS);
  }

  public PCollection<Artist> artists() {
    return outputs.get(ARTISTS);
  }
}
