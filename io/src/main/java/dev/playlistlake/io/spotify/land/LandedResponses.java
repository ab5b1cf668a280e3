package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.publish.Counts;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.transforms.NamedOutputs;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** Where the responses are stored, and how fetching went. */
public final class LandedResponses extends NamedOutputs {
  static final TupleTag<StoredResponseRef> LANDED = new TupleTag<>() {};
  static final TupleTag<ListEntry> LIST = new TupleTag<>() {};
  static final TupleTag<FetchReport> REPORT = new TupleTag<>() {};
  static final TupleTag<KV<String, Long>> TALLIES = new TupleTag<>() {};

  LandedResponses(PCollectionTuple outputs) {
    super(outputs);
  }

  public PCollection<StoredResponseRef> landed() {
    return outputs.get(LANDED);
  }

  /** The list with its words replaced by what they stand for; of playlists only. */
  public PCollection<ListEntry> list() {
    return outputs.get(LIST);
  }

  /** Exactly one. */
  public PCollection<FetchReport> report() {
    return outputs.get(REPORT);
  }

  /** Subtotals by the names of {@link Counts}; of playlists only. */
  public PCollection<KV<String, Long>> tallies() {
    return outputs.get(TALLIES);
  }
}
