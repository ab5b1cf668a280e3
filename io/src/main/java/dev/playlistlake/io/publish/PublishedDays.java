package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RunFiles;
import dev.playlistlake.schema.LakeTable;
import java.util.Optional;

/** Which days of a lake are published, and by which run, as its rows in {@code run} tell. */
public final class PublishedDays {
  private PublishedDays() {}

  /**
   * The newest published day before a run's own, as the run that counts there: the greatest run_id
   * with status PUBLISHED.
   *
   * @throws LakeException where that day's files are not all there
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

  /** Half a day must not be taken for a whole one: all that is missing would count as removed. */
  private static void checkWhole(LakeLayout run) {
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        RunFiles.whole(run, table);
      }
    }
  }
}
