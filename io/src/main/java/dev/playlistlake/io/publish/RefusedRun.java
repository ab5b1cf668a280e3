package dev.playlistlake.io.publish;

import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.run.FetchReport;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.values.KV;

/** The end of a run that is known to be refused before it begins: its row, and nothing else. */
public final class RefusedRun {
  private RefusedRun() {}

  /**
   * Writes the row, as {@link PublishRun} would.
   *
   * @param code why the sign-in is refused
   * @param entries the list
   */
  public static RunRow write(RunFacts facts, String code, List<ListEntry> entries) {
    long listed =
        entries.stream().map(ListEntry::playlistId).filter(Objects::nonNull).distinct().count();
    Audit audit = new Audit(facts);
    audit.take(AuditEvidence.tally(KV.of(Counts.PLAYLISTS_LISTED, listed)));
    audit.take(AuditEvidence.fetching(new FetchReport(code, null, null, 0, List.of())));
    RunRow row = audit.verdict(/* sound= */ true, facts.now());
    RunRecord record = new RunRecord(facts.layout());
    record.writeRow(row);
    record.removeTemporaryFiles();
    return row;
  }
}
