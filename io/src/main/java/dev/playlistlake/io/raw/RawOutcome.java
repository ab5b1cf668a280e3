package dev.playlistlake.io.raw;

/** How the fetch of a subject ended: the last line of its stored object. */
public enum RawOutcome {
  COMPLETE(true),
  UNCHANGED(true),
  METADATA_ONLY(true),
  /** Refused for a reason that another request today does not change. */
  REJECTED(true),
  /** Part of it was received. */
  PARTIAL(false),
  /** Nothing was received. */
  NONE(false);

  private final boolean isFinal;

  RawOutcome(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** Whether a response with this outcome is kept if another fetch had the other one. */
  public boolean saysMoreThan(RawOutcome other) {
    return isFinal != other.isFinal ? isFinal : this == PARTIAL && other == NONE;
  }

  /** Whether a rerun of the day does not fetch the subject again. */
  public boolean isFinal() {
    return isFinal;
  }
}
