package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.model.EventType;
import dev.playlistlake.model.MassLoss;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.schema.LakeTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges a run: compares the rows that the graph made with the rows in the files, and checks the
 * invariants and whether Spotify accepted the sign-in. The verdict is a row, never an exception
 * (decision 10).
 */
public final class Audit {
  private final RunFacts facts;
  private final Map<String, Long> tallies = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private FetchReport fetching = FetchReport.start();

  public Audit(RunFacts facts) {
    this.facts = facts;
  }

  /** The name under which a table's rows are counted. */
  static String rowsOf(LakeTable table) {
    return table.tableName() + "_rows";
  }

  /** The name under which playlists of a status are counted. */
  static String playlistsOf(ReadStatus status) {
    return "playlists_" + status.name().toLowerCase(Locale.ROOT);
  }

  void take(AuditEvidence evidence) {
    switch (evidence.kind()) {
      case TALLY -> tallies.merge(evidence.text(), evidence.number(), Long::sum);
      case VIOLATION -> violations.add(evidence.text());
      case FETCHING -> fetching = evidence.report() == null ? fetching : evidence.report();
      case FILE -> {
        // Its existence is enough: the audit waits for it, then reads every file itself.
      }
    }
  }

  /** What is wrong, after all evidence was taken; reads the files' footers. */
  List<String> findings() {
    if (!fetching.isAuthorised()) {
      // Whatever exists does not count.
      return List.of();
    }
    List<String> findings = new ArrayList<>(violations);
    for (LakeTable table : LakeTable.values()) {
      if (table == LakeTable.RUN) {
        continue;
      }
      long inFiles = 0;
      for (int file = 0; file < facts.filesPerTable(); file++) {
        inFiles +=
            ParquetFiles.countRows(facts.layout().dataFile(table, file, facts.filesPerTable()));
      }
      long made = tally(rowsOf(table));
      if (made != inFiles) {
        findings.add(
            "rows: " + table.tableName() + " has " + made + " rows, its files hold " + inFiles);
      }
    }
    checkGone(findings);
    return findings;
  }

  private void checkGone(List<String> findings) {
    long before = tally(Counts.PLAYLISTS_BEFORE);
    long gone = tally(Counts.events(EventType.GONE));
    long left = tally(Counts.PLAYLISTS_LEFT);
    if (MassLoss.isOne(gone + left, before) && !facts.allowGone()) {
      findings.add(
          "gone: "
              + gone
              + " of the "
              + before
              + " playlists of the day before are gone at once, and "
              + left
              + " have left the library; --allowGone publishes the day where that is so");
    }
  }

  public RunRow verdict(boolean sound, Instant finishedAt) {
    FetchReport report =
        tally(Counts.UNREAD_BY_QUOTA) > 0 ? fetching.leftUnreadByQuota() : fetching;
    Reason stoppedBy = report.stoppedBy();
    return new RunRow(
        facts.layout().runId(),
        facts.startedAt(),
        finishedAt,
        status(sound),
        facts.runner(),
        facts.version(),
        LakeTable.SCHEMA_VERSION,
        tally(Counts.REQUESTS),
        Math.toIntExact(tally(Counts.PLAYLISTS_LISTED)),
        playlists(ReadStatus.READ),
        playlists(ReadStatus.UNCHANGED),
        playlists(ReadStatus.STALE),
        playlists(ReadStatus.INCOMPLETE),
        playlists(ReadStatus.METADATA_ONLY),
        Math.toIntExact(tally(Counts.PLAYLISTS_REJECTED)),
        rows(LakeTable.PLAYLIST),
        rows(LakeTable.PLAYLIST_ITEM),
        rows(LakeTable.SONG),
        rows(LakeTable.ALBUM),
        rows(LakeTable.ARTIST),
        rows(LakeTable.PLAYLIST_EVENT),
        rows(LakeTable.REJECTED),
        fetching.missingCapabilities(),
        stoppedBy == null ? fetching.refusal() : stoppedBy.name(),
        report.resumeAt(),
        facts.config(),
        fetching.closedFamilies());
  }

  private RunStatus status(boolean sound) {
    if (fetching.isUnreachable()) {
      return RunStatus.UNREACHABLE;
    } else if (!fetching.isAuthorised()) {
      return RunStatus.NOT_AUTHORISED;
    }
    return sound ? RunStatus.PUBLISHED : RunStatus.AUDIT_FAILED;
  }

  private int playlists(ReadStatus status) {
    return fetching.isAuthorised() ? Math.toIntExact(tally(playlistsOf(status))) : 0;
  }

  /** A run that was refused or reached nothing publishes nothing, whatever it has. */
  private long rows(LakeTable table) {
    return fetching.isAuthorised() ? tally(rowsOf(table)) : 0;
  }

  private long tally(String name) {
    return tallies.getOrDefault(name, 0L);
  }
}
