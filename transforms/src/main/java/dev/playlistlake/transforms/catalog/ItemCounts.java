package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.transforms.NamedOutputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** How many playlist items name each album and each artist: subtotals for the reader to add up. */
public final class ItemCounts extends NamedOutputs {
  static final TupleTag<DetailState> ALBUMS = new TupleTag<>() {};
  static final TupleTag<DetailState> ARTISTS = new TupleTag<>() {};

  ItemCounts(PCollectionTuple outputs) {
    super(outputs);
  }

  public PCollection<DetailState> albums() {
    return outputs.get(ALBUMS);
  }

  public PCollection<DetailState> artists() {
    return outputs.get(ARTISTS);
  }
}
