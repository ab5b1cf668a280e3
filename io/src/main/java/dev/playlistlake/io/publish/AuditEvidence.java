package dev.playlistlake.io.publish;

import dev.playlistlake.model.run.FetchReport;
import java.io.Serializable;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * A fact for the audit; evidence from the whole graph comes together here (decision 10).
 *
 * @param kind its kind
 * @param text the tally's name, the violation as a sentence, or the file's path
 * @param number the tally
 * @param report the report on fetching
 */
public record AuditEvidence(Kind kind, String text, long number, @Nullable FetchReport report)
    implements Serializable {
  /** The kinds of evidence. */
  public enum Kind {
    TALLY,
    VIOLATION,
    FILE,
    FETCHING
  }

  /** A subtotal: tallies of one name are added up. */
  public static AuditEvidence tally(KV<String, Long> tally) {
    return new AuditEvidence(Kind.TALLY, tally.getKey(), tally.getValue(), null);
  }

  /** A broken invariant. */
  public static AuditEvidence violation(String words) {
    return new AuditEvidence(Kind.VIOLATION, words, 0, null);
  }

  /** A file that is in place. */
  public static AuditEvidence file(String path) {
    return new AuditEvidence(Kind.FILE, path, 0, null);
  }

  /** How fetching went. */
  public static AuditEvidence fetching(FetchReport report) {
    return new AuditEvidence(Kind.FETCHING, "", 0, report);
  }
}
