package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.Landed;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.transforms.NamedOutputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** Where the answers lie, and how the asking went. */
public final class LandedAnswers extends NamedOutputs {
  static final TupleTag<Landed> LANDED = new TupleTag<>() {};
  static final TupleTag<ListEntry> LIST = new TupleTag<>() {};
  static final TupleTag<AskingReport> REPORT = new TupleTag<>() {};

  LandedAnswers(PCollectionTuple outputs) {
    super(outputs);
  }

  public PCollection<Landed> landed() {
    return outputs.get(LANDED);
  }

  /** The list with its words replaced by what they mean; of playlists only. */
  public PCollection<ListEntry> list() {
    return outputs.get(LIST);
  }

  /** Exactly one. */
  public PCollection<AskingReport> report() {
    return outputs.get(REPORT);
  }
}
