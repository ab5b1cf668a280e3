package dev.playlistlake.io.raw;

import dev.playlistlake.io.lake.LakeLayout;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of a day, as one run sees them (decision 15).
 *
 * @param folder their folder, with one subfolder per kind: {@code .../raw/ingest_date=2026-11-20}
 * @param runId the run whose list and gaps count: the one that fetches, or the one that is
 *     replayed; empty if no run has stored a list
 * @param aside folder for unfinished files, or null if the responses are only read
 */
public record RawDay(String folder, String runId, @Nullable String aside) implements Serializable {

  /** The day's responses in a run's own lake, to which it adds. */
  public static RawDay of(LakeLayout layout) {
    return new RawDay(layout.rawDay(), layout.runId(), layout.temporary());
  }

  /** Responses to be replayed unchanged. */
  public static RawDay replayed(String folder, String runId) {
    return new RawDay(folder, runId, null);
  }

  /** Whether nothing may be fetched or stored. */
  public boolean isReplay() {
    return aside == null;
  }

  /** A stored object of a kind: {@code list}, {@code playlist}, {@code album} or {@code artist}. */
  String path(String kind, String name) {
    return folder + "/" + kind + "/" + name + RawObject.SUFFIX;
  }

  /** The folder for unfinished files; fails if nothing may be written. */
  String asideOfWriter() {
    if (aside == null) {
      throw new IllegalStateException("a replay stores nothing");
    }
    return aside;
  }
}
