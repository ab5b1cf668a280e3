package dev.playlistlake.io.raw;

import dev.playlistlake.io.lake.LakeLayout;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The stored answers of a day, as one run sees them.
 *
 * @param folder where they lie, a folder a kind: {@code .../raw/ingest_date=2026-11-20}
 * @param runId the run whose list and gaps count: the one that asks, or the one that is replayed;
 *     empty where no run has left a list
 * @param aside folder for unfinished files, or null where the answers are only read
 */
public record RawDay(String folder, String runId, @Nullable String aside) implements Serializable {

  /** The day's answers of a run's own lake, which it adds to. */
  public static RawDay of(LakeLayout layout) {
    return new RawDay(layout.rawDay(), layout.runId(), layout.temporary());
  }

  /** Answers to be replayed as they stand. */
  public static RawDay replayed(String folder, String runId) {
    return new RawDay(folder, runId, null);
  }

  /** Whether nothing may be asked and nothing is stored. */
  public boolean isReplay() {
    return aside == null;
  }

  /** A stored object of a kind: {@code list}, {@code playlist}, {@code album} or {@code artist}. */
  String path(String kind, String name) {
    return folder + "/" + kind + "/" + name + RawObject.SUFFIX;
  }

  /** Where unfinished files are kept; fails where nothing is to be written. */
  String asideOfWriter() {
    if (aside == null) {
      throw new IllegalStateException("a replay stores nothing");
    }
    return aside;
  }
}
