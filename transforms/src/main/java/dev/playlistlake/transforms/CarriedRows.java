package dev.playlistlake.transforms;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** Rows of the day before that count for today too. */
public final class CarriedRows extends NamedOutputs {
  static final TupleTag<PlaylistItem> ITEMS = new TupleTag<>() {};
  static final TupleTag<Playlist> PLAYLISTS = new TupleTag<>() {};

  CarriedRows(PCollectionTuple outputs) {
    super(outputs);
  }

  /** The rows of playlists that are carried whole; items of all carried playlists. */
  public Snapshot rows() {
    return new Snapshot(outputs.get(PLAYLISTS), outputs.get(ITEMS));
  }
}
