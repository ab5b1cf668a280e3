package dev.playlistlake.transforms;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** Playlists of a day and the items in them. */
public record Snapshot(PCollection<Playlist> playlists, PCollection<PlaylistItem> items)
    implements PInput {
  private static final TupleTag<Playlist> PLAYLISTS = new TupleTag<>("playlists");
  private static final TupleTag<PlaylistItem> ITEMS = new TupleTag<>("items");

  /** The rows of both; the steps that unite them are named after their output. */
  public Snapshot and(String name, Snapshot other) {
    return new Snapshot(
        PCollectionList.of(playlists)
            .and(other.playlists)
            .apply(name + ": playlists", Flatten.pCollections()),
        PCollectionList.of(items).and(other.items).apply(name + ": items", Flatten.pCollections()));
  }

  /** Applies a transform that takes a whole snapshot. */
  public <T extends POutput> T apply(String name, PTransform<? super Snapshot, T> step) {
    return Pipeline.applyTransform(name, this, step);
  }

  @Override
  public Pipeline getPipeline() {
    return playlists.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return PCollectionTuple.of(PLAYLISTS, playlists).and(ITEMS, items).expand();
  }
}
