package dev.playlistlake.io.publish;

import dev.playlistlake.model.run.FetchReport;
import java.io.Serializable;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Something the audit must know; what the whole graph did comes together as evidence.
 *
 * @param kind what it tells
 * @param text the tally's name, the violation in words, or the file's path
 * @param number the tally
 * @param report the report on the asking
 */
public record AuditEvidence(Kind kind, String text, long number, @Nullable FetchReport report)
    implements Serializable {
  /** What evidence tells. */
  public enum Kind {
    TALLY,
    VIOLATION,
    FILE,
    ASKING
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

  /** How the asking went. */
  public static AuditEvidence asking(FetchReport report) {
    return new AuditEvidence(Kind.ASKING, "", 0, report);
  }
}
