package dev.playlistlake.io.spotify.parse;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.transforms.NamedOutputs;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** What the stored details contain; the artists of detailed albums are among the artists. */
public final class ParsedDetails extends NamedOutputs {
  static final TupleTag<Album> ALBUMS = new TupleTag<>() {};
  static final TupleTag<Artist> ARTISTS = new TupleTag<>() {};
  static final TupleTag<Rejection> REJECTIONS = new TupleTag<>() {};
  static final TupleTag<KV<String, Long>> TALLIES = new TupleTag<>() {};

  ParsedDetails(PCollectionTuple outputs) {
    super(outputs);
  }

  public PCollection<Album> albums() {
    return outputs.get(ALBUMS);
  }

  public PCollection<Artist> artists() {
    return outputs.get(ARTISTS);
  }

  public PCollection<Rejection> rejections() {
    return outputs.get(REJECTIONS);
  }

  /** Subtotals by the names of {@link Counts}. */
  public PCollection<KV<String, Long>> tallies() {
    return outputs.get(TALLIES);
  }
}
