package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.publish.AuditEvidence;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.transforms.NamedOutputs;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** What reading the details of albums and artists gives. */
final class TodaysDetails extends NamedOutputs {
  static final TupleTag<Album> ALBUMS = new TupleTag<>() {};
  static final TupleTag<Artist> ARTISTS = new TupleTag<>() {};
  static final TupleTag<Rejection> REJECTIONS = new TupleTag<>() {};
  static final TupleTag<AuditEvidence> COUNTED = new TupleTag<>() {};
  static final TupleTag<AuditEvidence> FETCHED = new TupleTag<>() {};

  TodaysDetails(PCollectionTuple outputs) {
    super(outputs);
  }

  /** Albums with their details. */
  PCollection<Album> albums() {
    return outputs.get(ALBUMS);
  }

  /** Artists with their details, and those that only details of albums name. */
  PCollection<Artist> artists() {
    return outputs.get(ARTISTS);
  }

  /** Albums and artists whose details could not be read. */
  PCollection<Rejection> rejections() {
    return outputs.get(REJECTIONS);
  }

  /** What the stored responses count for, and how all fetching of the run went. */
  PCollectionList<AuditEvidence> evidence() {
    return PCollectionList.of(outputs.get(COUNTED)).and(outputs.get(FETCHED));
  }
}
