package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Song;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What the slots of all playlists say, by table; songs, albums and artists are sightings still: as
 * many of one id as there were.
 */
public final class Catalog extends NamedOutputs {
  static final TupleTag<PlaylistItem> ITEMS = new TupleTag<>() {};
  static final TupleTag<Song> SONGS = new TupleTag<>() {};
  static final TupleTag<Album> ALBUMS = new TupleTag<>() {};
  static final TupleTag<Artist> ARTISTS = new TupleTag<>() {};

  Catalog(PCollectionTuple outputs) {
    super(outputs);
  }

  public PCollection<PlaylistItem> items() {
    return outputs.get(ITEMS);
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
