package dev.playlistlake.io.publish;

import dev.playlistlake.model.ListEntry;
import dev.playlistlake.transforms.CountBy;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.check.CheckIntegrity;
import dev.playlistlake.transforms.check.DayTables;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Checks the tables of a run before they count: finds broken invariants, and counts what the audit
 * and the run's row need besides rows per table. In: the tables, the list and the day before.
 */
public final class CheckTables extends PTransform<DayTables, PCollectionList<AuditEvidence>> {
  private final transient PCollection<ListEntry> list;
  private final transient Snapshot dayBefore;

  private CheckTables(PCollection<ListEntry> list, Snapshot dayBefore) {
    this.list = list;
    this.dayBefore = dayBefore;
  }

  public static CheckTables against(PCollection<ListEntry> list, Snapshot dayBefore) {
    return new CheckTables(list, dayBefore);
  }

  @Override
  public PCollectionList<AuditEvidence> expand(DayTables tables) {
    return PCollectionList.of(
            tables
                .apply("Check integrity", CheckIntegrity.against(list))
                .apply("Evidence: integrity", EvidenceOf.violations()))
        .and(count("the list", list, CountRows.ofList()))
        .and(count("playlists by status", tables.snapshot().playlists(), CountRows.byStatus()))
        .and(count("the day before", dayBefore.playlists(), CountRows.ofDayBefore()))
        .and(count("events by type", tables.events(), CountRows.byType()))
        .and(count("rejections by quota", tables.rejections(), CountRows.byQuota()));
  }

  private static <T> PCollection<AuditEvidence> count(
      String what, PCollection<T> rows, CountBy<T> counting) {
    return rows.apply("Count " + what, counting)
        .apply("Evidence: tallies of " + what, EvidenceOf.tallies());
  }
}
