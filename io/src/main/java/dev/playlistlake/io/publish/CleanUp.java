package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.DamagedFileException;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RunFile;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.schema.LakePath;
import dev.playlistlake.schema.LakeTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run does for the lake before its own work: removes files that earlier runs, of any day,
 * left behind and no view shows (decision 12).
 *
 * <ul>
 *   <li>Data files of a published run beside those of a later published run of its day: a removal
 *       that was cut short, or two concurrent runs.
 *   <li>Data files of a run that did not publish, and temporary folders, once both the run's start
 *       and its newest file are more than a day old: a run in progress is never harmed. Its start
 *       record stays until a later run has published.
 * </ul>
 *
 * Rows of {@code run} stay, and so do stored responses and files with names that runs do not use. A
 * row that is empty, cut or undecodable is renamed to {@code _<run_id>.parquet} once it is a day
 * old, so that engines skip it; its run's data files are never removed, nor are those of a run
 * whose status this version does not know.
 */
public final class CleanUp {
  private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);
  private static final Duration GRACE = Duration.ofDays(1);
  private static final int NEWEST_DAYS = 7;

  /** Parquet's magic bytes at both ends, and a footer's length. */
  private static final int SHORTEST_FILE = 12;

  private static final String NO_ROW = "";
  private static final String DAMAGED = "damaged";
  private static final String PUBLISHED = RunStatus.PUBLISHED.name();

  /** If this version does not know a status, it knows nothing about the data files. */
  private static final Set<String> UNPUBLISHED =
      Set.of(
          NO_ROW,
          RunStatus.AUDIT_FAILED.name(),
          RunStatus.NOT_AUTHORISED.name(),
          RunStatus.UNREACHABLE.name());

  private final LakeLayout layout;
  private final Instant oldBefore;
  private final Map<String, RunFile> rows = new HashMap<>();
  private final Map<String, RunFile> damaged = new TreeMap<>();
  private final NavigableMap<String, NavigableMap<String, List<RunFile>>> days = new TreeMap<>();
  private final Map<String, Instant> temporary = new TreeMap<>();
  private final Removal superseded = new Removal("superseded runs");
  private final Removal dead =
      new Removal("runs that published nothing or died, more than a day ago");
  private final List<String> said = new ArrayList<>();

  private CleanUp(RunFacts facts) {
    this.layout = facts.layout();
    this.oldBefore = facts.startedAt().minus(GRACE);
  }

  /**
   * Cleans up and returns one or two lines about what was removed; none if nothing was. A failed
   * clean-up is a warning: the run does not depend on it.
   */
  public static List<String> before(RunFacts run) {
    CleanUp cleanUp = new CleanUp(run);
    try {
      cleanUp.look();
      cleanUp.judge();
      cleanUp.remove();
    } catch (LakeException e) {
      LOG.warn("What earlier runs left behind stays for now: {}", e.getMessage());
    }
    return List.copyOf(cleanUp.said);
  }

  /** One listing per table, whatever the number of days and runs. */
  private void look() {
    temporary.putAll(LakeFiles.folders(layout.temporaryOfAllRuns()));
    List<String> patterns = new ArrayList<>();
    for (LakeTable table : LakeTable.values()) {
      patterns.add(layout.filesOfAllDays(table));
    }
    for (LakeFiles.Found found : LakeFiles.find(patterns)) {
      RunFile.of(found).ifPresent(this::sort);
    }
  }

  private void sort(RunFile file) {
    if (file.isRow()) {
      rows.put(nameOf(file.ingestDate(), file.runId()), file);
      days.computeIfAbsent(file.ingestDate(), unused -> new TreeMap<>())
          .computeIfAbsent(file.runId(), unused -> new ArrayList<>());
    } else {
      days.computeIfAbsent(file.ingestDate(), unused -> new TreeMap<>())
          .computeIfAbsent(file.runId(), unused -> new ArrayList<>())
          .add(file);
    }
  }

  private void judge() {
    Set<String> newestDays =
        days.descendingKeySet().stream().limit(NEWEST_DAYS).collect(Collectors.toSet());
    days.forEach((day, runs) -> judge(day, runs, newestDays.contains(day)));
    temporary.forEach(
        (runId, newest) -> {
          if (isOld(runId, newest)) {
            String folder = layout.temporaryOfAllRuns() + "/" + runId;
            dead.addTemporary(runId, folder, isOutlived(runId));
          }
        });
  }

  /** Whether a run that began after this one has published. */
  private boolean isOutlived(String runId) {
    return rows.values().stream()
        .filter(row -> row.runId().compareTo(runId) > 0)
        .sorted(Comparator.comparing(RunFile::runId).reversed())
        .anyMatch(row -> status(row).equals(PUBLISHED));
  }

  /**
   * Reads as few rows as possible, since on S3 each is a request: those of days with several runs
   * that have data, and those of lone runs of the newest days that are old enough to remove. A lone
   * run of an earlier day that has a row is assumed to be published: while its day was among the
   * newest, every run of the lake checked that row. A row too short for a Parquet file is damaged
   * on any day.
   */
  private void judge(String day, NavigableMap<String, List<RunFile>> runs, boolean newestDay) {
    SortedSet<String> published = new TreeSet<>();
    Set<String> unpublished = new TreeSet<>();
    boolean alone = runs.values().stream().filter(files -> !files.isEmpty()).count() == 1;
    runs.forEach(
        (runId, files) -> {
          RunFile row = rows.get(nameOf(day, runId));
          String status = row == null ? NO_ROW : status(row, files, alone, newestDay);
          // Without data files there is nothing to remove.
          if (!files.isEmpty() && status.equals(PUBLISHED)) {
            published.add(runId);
          } else if (!files.isEmpty() && UNPUBLISHED.contains(status)) {
            unpublished.add(runId);
          }
        });
    for (String runId : unpublished) {
      List<RunFile> files = runs.getOrDefault(runId, List.of());
      if (isOld(runId, newest(files))) {
        dead.add(nameOf(day, runId), files);
      }
    }
    for (String runId : published) {
      if (!runId.equals(published.last())) {
        superseded.add(nameOf(day, runId), runs.getOrDefault(runId, List.of()));
      }
    }
  }

  /** The status of a run that has a row; assumed to be published if that row need not be read. */
  private String status(RunFile row, List<RunFile> files, boolean alone, boolean newestDay) {
    boolean cut = row.found().bytes() < SHORTEST_FILE;
    boolean mayGo = newestDay && isOld(row.runId(), newest(files));
    return cut || mayGo || (!files.isEmpty() && !alone) ? status(row) : PUBLISHED;
  }

  /** A row's status; for an undecodable row, one for which nothing is removed. */
  private String status(RunFile row) {
    if (row.name().isSetAside()) {
      return DAMAGED;
    }
    try {
      return RunRecord.readRow(row.path()).status().name();
    } catch (DamagedFileException e) {
      if (isOld(row.runId(), row.modifiedAt())) {
        damaged.put(row.path(), row);
      }
      return DAMAGED;
    }
  }

  private boolean isOld(String runId, Instant newestFile) {
    Instant newestOfAll = max(newestFile, temporary.getOrDefault(runId, Instant.MIN));
    return newestOfAll.isBefore(oldBefore)
        && LakePath.startOf(runId).map(start -> start.isBefore(oldBefore)).orElse(false);
  }

  private static Instant newest(List<RunFile> files) {
    return files.stream().map(RunFile::modifiedAt).reduce(Instant.MIN, CleanUp::max);
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static String nameOf(String day, String runId) {
    return runId + " of " + day;
  }

  private void remove() {
    superseded.carryOut().ifPresent(said::add);
    dead.carryOut().ifPresent(said::add);
    damaged.values().forEach(this::setAside);
  }

  /** Renamed, not removed: you can restore it from a copy. */
  private void setAside(RunFile row) {
    String aside = row.folder() + "/_" + row.runId() + ".parquet";
    LakeFiles.rename(row.path(), aside);
    int files =
        days.getOrDefault(row.ingestDate(), new TreeMap<>())
            .getOrDefault(row.runId(), List.of())
            .size();
    said.add(
        "The row of the run %s of %s is damaged, and the run counts as not published. Renamed to %s;%s"
                .formatted(row.runId(), row.ingestDate(), aside, " its ")
            + Removal.counted(files, "data file")
            + " in the day's folders stay. Put the row back from a copy, or run that day again.");
  }
}
