package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which days of a lake are published, and by which run, as its rows in {@code run} tell. */
public final class PublishedDays {
  private static final Pattern DATA_FILE = Pattern.compile(".*-\\d{5}-of-(\\d{5})\\.parquet");

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
      if (table == LakeTable.RUN) {
        continue;
      }
      String pattern = run.dataFilesOf(table, run.runId());
      try {
        checkWhole(LakeFiles.list(pattern), pattern);
      } catch (LakeException e) {
        throw new LakeException(
            "the published day "
                + run.ingestDate()
                + " lacks files of the table "
                + table.tableName()
                + " (run "
                + run.runId()
                + "); restore them, or remove "
                + run.runFile()
                + " to leave that day out",
            e);
      }
    }
  }

  /**
   * Whether these are all files of a run in a table: their names tell how many there are.
   *
   * @throws LakeException where some are missing
   */
  static void checkWhole(List<String> files, String pattern) {
    Matcher first = DATA_FILE.matcher(files.isEmpty() ? "" : files.get(0));
    if (!first.matches() || Integer.parseInt(first.group(1)) != files.size()) {
      throw new LakeException(
          "files of the day before are missing: "
              + pattern
              + "; is another run replacing that day?");
    }
  }
}
