package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.publish.AuditEvidence;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.transforms.NamedOutputs;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.catalog.Sightings;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** What reading the list's playlists gives. */
final class TodaysPlaylists extends NamedOutputs {
  static final TupleTag<ListEntry> LIST = new TupleTag<>() {};
  static final TupleTag<Playlist> PLAYLISTS = new TupleTag<>() {};
  static final TupleTag<PlaylistItem> ITEMS = new TupleTag<>() {};
  static final TupleTag<Rejection> INVALID = new TupleTag<>() {};
  static final TupleTag<Rejection> UNREADABLE = new TupleTag<>() {};
  static final TupleTag<FetchReport> REPORT = new TupleTag<>() {};
  static final TupleTag<AuditEvidence> EVIDENCE = new TupleTag<>() {};

  TodaysPlaylists(PCollectionTuple outputs) {
    super(outputs);
  }

  /** The list, with the words {@code me} and {@code liked} replaced by playlists. */
  PCollection<ListEntry> list() {
    return outputs.get(LIST);
  }

  /** Today's rows, those carried forward from the day before among them. */
  Snapshot snapshot() {
    return new Snapshot(outputs.get(PLAYLISTS), outputs.get(ITEMS));
  }

  /** The songs, albums and artists that today's responses show. */
  Sightings sightings() {
    return Sightings.among(outputs);
  }

  /** Playlists and items that could not be read, or only in part. */
  PCollection<Rejection> unreadable() {
    return outputs.get(UNREADABLE);
  }

  /** Those, and the entries of the list that are not playlists. */
  PCollectionList<Rejection> rejections() {
    return PCollectionList.of(outputs.get(INVALID)).and(unreadable());
  }

  /** How fetching went, exactly one. */
  PCollection<FetchReport> report() {
    return outputs.get(REPORT);
  }

  /** What the stored responses count for. */
  PCollection<AuditEvidence> evidence() {
    return outputs.get(EVIDENCE);
  }
}
