package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.DayBefore;
import dev.playlistlake.io.lake.ReadDayBefore;
import dev.playlistlake.io.publish.AuditEvidence;
import dev.playlistlake.io.publish.CheckTables;
import dev.playlistlake.io.publish.PublishRun;
import dev.playlistlake.io.publish.WriteTables;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.transforms.CompareSnapshots;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.catalog.Catalog;
import dev.playlistlake.transforms.catalog.MergeDetails;
import dev.playlistlake.transforms.catalog.ResolveCatalog;
import dev.playlistlake.transforms.catalog.ResolvedCatalog;
import dev.playlistlake.transforms.check.DayTables;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** The graph: fetch and store, parse what is stored, write, check, publish (decision 29). */
public final class LakeGraph {
  private static final SerializableCoder<ListEntry> LIST_CODER =
      SerializableCoder.of(ListEntry.class);

  private LakeGraph() {}

  /** Adds the whole graph to a pipeline; the run's row comes out when all is done. */
  public static PCollection<RunRow> applyTo(Pipeline pipeline, LakeJob job) {
    DayBefore before = pipeline.apply("Read the day before", ReadDayBefore.of(job.dayBefore()));
    TodaysPlaylists playlists =
        pipeline
            .apply("Read playlist ids", Create.of(job.entries()).withCoder(LIST_CODER))
            .apply("Read playlists", ReadPlaylists.of(job, before.snapshot()));
    Snapshot today = playlists.snapshot();
    ResolvedCatalog known =
        today.apply(
            "Resolve catalog", ResolveCatalog.from(playlists.sightings(), before.catalog()));
    TodaysDetails details =
        known.apply("Read details", ReadDetails.of(job, today.items(), playlists.report()));
    Catalog catalog =
        known.apply("Merge details", MergeDetails.of(details.albums(), details.artists()));
    PCollection<PlaylistEvent> events =
        today.apply(
            "Compare snapshots",
            CompareSnapshots.with(before.snapshot(), playlists.unreadable(), before.ingestDate()));
    PCollection<Rejection> rejections =
        playlists
            .rejections()
            .and(details.rejections())
            .apply("All rejections", Flatten.pCollections());
    DayTables tables = new DayTables(today, catalog, events, rejections);
    PCollectionList<AuditEvidence> written =
        tables.apply("Write tables", WriteTables.of(job.facts()));
    PCollectionList<AuditEvidence> checked =
        tables.apply("Check tables", CheckTables.against(playlists.list(), before.snapshot()));
    return written
        .and(checked.getAll())
        .and(playlists.evidence())
        .and(details.evidence().getAll())
        .apply("Publish", PublishRun.of(job.facts()));
  }
}
