package dev.playlistlake.model;

import java.io.Serializable;
import java.util.List;

/**
 * How far you can trust a playlist's rows of a day; column {@code playlist.read_status}. A status
 * from another version is kept unchanged; such a playlist does not count as complete.
 */
public record ReadStatus(String name) implements Serializable {
  /** Today's responses hold all items. */
  public static final ReadStatus READ = new ReadStatus("READ");

  /** The complete rows of the day before still hold. */
  public static final ReadStatus UNCHANGED = new ReadStatus("UNCHANGED");

  /** Not readable today; the complete rows of an earlier day, carried whole. */
  public static final ReadStatus STALE = new ReadStatus("STALE");

  /** Some items read today, and nothing complete before. */
  public static final ReadStatus INCOMPLETE = new ReadStatus("INCOMPLETE");

  /** This app may not see the items. */
  public static final ReadStatus METADATA_ONLY = new ReadStatus("METADATA_ONLY");

  private static final List<ReadStatus> COMPLETE = List.of(READ, UNCHANGED, STALE);

  /** Whether the day's rows hold all items of the playlist. */
  public boolean isComplete() {
    return COMPLETE.contains(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
