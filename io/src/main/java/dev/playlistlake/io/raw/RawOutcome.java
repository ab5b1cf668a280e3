package dev.playlistlake.io.raw;

/** How the asking for a subject ended: the last line of its stored object. */
public enum RawOutcome {
  COMPLETE(true),
  UNCHANGED(true),
  METADATA_ONLY(true),
  /** Refused for a reason that asking again today does not change. */
  REJECTED(true),
  /** A part came. */
  PARTIAL(false),
  /** Nothing came. */
  NONE(false);

  private final boolean isFinal;

  RawOutcome(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** Whether an answer with this outcome is kept where asking again has come to the other. */
  public boolean saysMoreThan(RawOutcome other) {
    return isFinal != other.isFinal ? isFinal : this == PARTIAL && other == NONE;
  }

  /** Whether a rerun of the day leaves the subject alone. */
  public boolean isFinal() {
    return isFinal;
  }
}
