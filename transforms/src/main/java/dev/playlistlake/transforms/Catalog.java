package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Song;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What the slots of all playlists say, by table; songs, albums and artists are sightings still: as
 * many of one id as there were.
 */
public final class Catalog implements POutput {
  static final TupleTag<PlaylistItem> ITEMS = new TupleTag<>() {};
  static final TupleTag<Song> SONGS = new TupleTag<>() {};
  static final TupleTag<Album> ALBUMS = new TupleTag<>() {};
  static final TupleTag<Artist> ARTISTS = new TupleTag<>() {};

  private final PCollectionTuple outputs;

  Catalog(PCollectionTuple outputs) {
    this.outputs = outputs;
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

  @Override
  public Pipeline getPipeline() {
    return outputs.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return outputs.expand();
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    outputs.finishSpecifyingOutput(transformName, input, transform);
  }
}
