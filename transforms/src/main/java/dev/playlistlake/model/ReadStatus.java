package dev.playlistlake.model;

/** How far a playlist's rows of a day can be trusted; column {@code playlist.read_status}. */
public enum ReadStatus {
  /** Today's answers hold all items. */
  READ,
  /** The complete rows of the day before still hold. */
  UNCHANGED,
  /** Not readable today; the complete rows of an earlier day, carried whole. */
  STALE,
  /** Some items read today, and nothing complete before. */
  INCOMPLETE,
  /** This app may not see the items. */
  METADATA_ONLY;

  /** Whether all items of the playlist stand in the day's rows. */
  public boolean isComplete() {
    return switch (this) {
      case READ, UNCHANGED, STALE -> true;
      case INCOMPLETE, METADATA_ONLY -> false;
    };
  }
}
