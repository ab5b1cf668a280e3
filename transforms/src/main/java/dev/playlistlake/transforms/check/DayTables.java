package dev.playlistlake.transforms.check;

import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.catalog.Catalog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/**
 * The rows of all tables that a run is about to publish; the run's own row comes last and is not
 * included.
 */
public record DayTables(
    Snapshot snapshot,
    Catalog catalog,
    PCollection<PlaylistEvent> events,
    PCollection<Rejection> rejections)
    implements PInput {

  /** Applies a transform that takes all tables. */
  public <T extends POutput> T apply(String name, PTransform<? super DayTables, T> step) {
    return Pipeline.applyTransform(name, this, step);
  }

  @Override
  public Pipeline getPipeline() {
    return events.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> all = new LinkedHashMap<>();
    all.put(new TupleTag<>("playlists"), snapshot.playlists());
    all.put(new TupleTag<>("items"), snapshot.items());
    all.putAll(catalog.expand());
    all.put(new TupleTag<>("events"), events);
    all.put(new TupleTag<>("rejections"), rejections);
    return all;
  }
}
