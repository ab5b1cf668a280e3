package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RunFiles;
import dev.playlistlake.schema.LakeTable;
import java.util.Optional;

/** Which days of a lake are published, and by which run, according to its rows in {@code run}. */
public final class PublishedDays {
  private PublishedDays() {}

  /**
   * The newest published day before a run's own, represented by the run that counts there: the
   * greatest run_id with status PUBLISHED.
   *
   * @throws LakeException if files of that day are missing
   */
  public static Optional<LakeLayout> newestBefore(LakeLayout run) {
    var daysBefore = RunRows.byDay(run.root()).headMap(run.ingestDate(), false).descendingMap();
    for (var day : daysBefore.entrySet()) {
      Optional<LakeLayout> published = RunRows.counting(run.root(), day);
      if (published.isPresent()) {
        checkWhole(published.get());
        return published;
      }
    }
    return Optional.empty();
  }

  /** A partial day must not pass for a whole one: everything missing would count as removed. */
  private static void checkWhole(LakeLayout run) {
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        RunFiles.whole(run, table);
      }
    }
  }
}
