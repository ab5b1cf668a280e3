package dev.playlistlake.io.publish;

import dev.playlistlake.model.run.FetchReport;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Turns what steps count, find and write into evidence for the audit. */
public final class EvidenceOf {
  private EvidenceOf() {}

  /** Subtotals by name. */
  public static MapElements<KV<String, Long>, AuditEvidence> tallies() {
    return evidence(AuditEvidence::tally);
  }

  /** How fetching went. */
  public static MapElements<FetchReport, AuditEvidence> report() {
    return evidence(AuditEvidence::fetching);
  }

  /** Paths of files that are in place. */
  static MapElements<String, AuditEvidence> files() {
    return evidence(AuditEvidence::file);
  }

  /** Broken invariants, one sentence per invariant. */
  static MapElements<String, AuditEvidence> violations() {
    return evidence(AuditEvidence::violation);
  }

  private static <T> MapElements<T, AuditEvidence> evidence(
      SerializableFunction<T, AuditEvidence> asEvidence) {
    return MapElements.into(TypeDescriptor.of(AuditEvidence.class)).via(asEvidence);
  }
}
