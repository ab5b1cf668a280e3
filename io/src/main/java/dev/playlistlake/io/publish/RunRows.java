package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.DamagedFileException;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RunFile;
import dev.playlistlake.io.lake.RunFiles;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.schema.LakePath;
import dev.playlistlake.schema.LakeTable;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a lake that have a row (decision 27). File names show which runs exist; a row is
 * opened only when needed, since on S3 each costs several requests.
 */
public final class RunRows {
  private static final Logger LOG = LoggerFactory.getLogger(RunRows.class);
  private static final String ANY = "*";

  private RunRows() {}

  /**
   * The greatest run of the newest day that has a row, whatever its status.
   *
   * @param day if present, only this day
   * @param runId if present, only this run
   * @throws LakeException if the lake cannot be listed
   */
  public static Optional<LakeLayout> newest(
      String root, Optional<String> day, Optional<String> runId) {
    NavigableMap<String, NavigableSet<String>> runsByDay = byDay(root, day, runId);
    return Optional.ofNullable(runsByDay.lastEntry())
        .map(newest -> new LakeLayout(root, newest.getKey(), newest.getValue().last()));
  }

  /**
   * The run that readers of a day see: its greatest one with status PUBLISHED.
   *
   * @throws LakeException if the rows cannot be read
   */
  public static Optional<LakeLayout> counting(String root, String day) {
    return byDay(root, Optional.of(day), Optional.empty()).entrySet().stream()
        .findFirst()
        .flatMap(ofDay -> counting(root, ofDay));
  }

  /** As above, for the runs of a day. */
  static Optional<LakeLayout> counting(String root, Map.Entry<String, NavigableSet<String>> day) {
    boolean damaged = false;
    for (String runId : day.getValue().descendingSet()) {
      LakeLayout run = new LakeLayout(root, day.getKey(), runId);
      try {
        // If a later row is damaged, that run may have removed this run's files.
        if (RunStatus.PUBLISHED.equals(read(run).status()) && (!damaged || hasData(run))) {
          return Optional.of(run);
        }
      } catch (DamagedFileException e) {
        damaged = true;
        LOG.warn("A run counts as not published since its row is damaged: {}", run.runFile());
      }
    }
    return Optional.empty();
  }

  /** Every run that publishes writes a file of playlists, even one without rows. */
  private static boolean hasData(LakeLayout run) {
    return !RunFiles.present(run, LakeTable.PLAYLIST, run.runId()).isEmpty();
  }

  /** All runs of all days. */
  static NavigableMap<String, NavigableSet<String>> byDay(String root) {
    return byDay(root, Optional.empty(), Optional.empty());
  }

  private static NavigableMap<String, NavigableSet<String>> byDay(
      String root, Optional<String> day, Optional<String> runId) {
    // A pattern even if the name is known: for a single name, S3 gives the same response for a
    // missing bucket as for a missing object.
    LakeLayout wanted = new LakeLayout(root, day.orElse(ANY), runId.orElse("") + ANY);
    NavigableMap<String, NavigableSet<String>> runsByDay = new TreeMap<>();
    for (LakeFiles.Found found : LakeFiles.find(List.of(wanted.runFile()))) {
      RunFile.of(found)
          .filter(file -> file.isRow() && !file.name().isSetAside())
          .ifPresent(
              file ->
                  runsByDay
                      .computeIfAbsent(file.ingestDate(), unused -> new TreeSet<>())
                      .add(file.runId()));
    }
    return runsByDay;
  }

  /** The runs of a day that have a row, the earliest first. */
  static List<LakeLayout> ofDay(String root, String day) {
    return byDay(root, Optional.of(day), Optional.empty()).entrySet().stream()
        .flatMap(
            ofDay -> ofDay.getValue().stream().map(id -> new LakeLayout(root, ofDay.getKey(), id)))
        .toList();
  }

  /**
   * Whether a run's row makes its files count. A row that is empty, cut or undecodable does not.
   *
   * @throws LakeException if it cannot be read
   */
  static boolean isPublished(LakeLayout run) {
    try {
      return RunStatus.PUBLISHED.equals(read(run).status());
    } catch (DamagedFileException e) {
      return false;
    }
  }

  /**
   * A run's row.
   *
   * @throws DamagedFileException if it is empty, cut or undecodable: the run counts as not
   *     published
   * @throws LakeException if it cannot be read
   */
  public static RunRow read(LakeLayout run) {
    return RunRecord.readRow(run.runFile());
  }

  /**
   * The rows of the newest runs, the newest first, whatever their status; damaged ones are left
   * out.
   *
   * @param most how many are read, as each costs requests on S3
   * @throws LakeException if they cannot be read
   */
  public static List<RunRow> latest(String root, int most) {
    return byDay(root).descendingMap().entrySet().stream()
        .flatMap(
            day ->
                day.getValue().descendingSet().stream()
                    .map(runId -> new LakeLayout(root, day.getKey(), runId)))
        .limit(most)
        .flatMap(run -> readable(run).stream())
        .toList();
  }

  private static Optional<RunRow> readable(LakeLayout run) {
    try {
      return Optional.of(read(run));
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  /** Whether a text has the form of a run id. */
  public static boolean isRunId(String text) {
    return LakePath.startOf(text).isPresent();
  }
}
