package dev.playlistlake.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a file in a table's folder, as runs name it: {@code
 * song/ingest_date=2026-11-20/<run_id>-00000-of-00001.parquet} for data, {@code
 * run/ingest_date=2026-11-20/<run_id>.parquet} for the row of a run. Files and folders with other
 * names (copies, a trash, an impossible date) are not part of a lake (decision 5).
 *
 * @param table the folder's name
 * @param ingestDate the day, {@code YYYY-MM-DD}
 * @param ofFiles number of files the run wrote to the table; 1 for the row of a run
 * @param isSetAside whether it is an unreadable row of a run that was renamed to {@code
 *     _<run_id>.parquet}
 */
public record LakePath(
    String table, String ingestDate, String runId, int ofFiles, boolean isSetAside) {
  private static final String RUN_TABLE = "run";
  private static final String RUN_ID = "(\\d{8}T\\d{6}Z)-[0-9a-f]{4}";
  private static final Pattern WHOLE_RUN_ID = Pattern.compile(RUN_ID);
  private static final Pattern PATH =
      Pattern.compile(
          "(?s)(?:.*[/\\\\])?(?<table>[a-z_]+)[/\\\\]"
              + LakeTable.INGEST_DATE
              + "=(?<day>\\d{4}-\\d{2}-\\d{2})[/\\\\](?<aside>_)?(?<run>"
              + RUN_ID
              + ")(?:-\\d{5}-of-(?<files>\\d{5}))?\\.parquet");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  /** Parses a path; empty if no run uses such names. */
  public static Optional<LakePath> parse(String path) {
    Matcher named = PATH.matcher(path);
    if (!named.matches() || startOf(named.group("run")).isEmpty() || !isDay(named.group("day"))) {
      return Optional.empty();
    }
    String table = named.group("table");
    boolean isRow = named.group("files") == null;
    boolean isSetAside = named.group("aside") != null;
    if (isRow != table.equals(RUN_TABLE) || (isSetAside && !isRow)) {
      return Optional.empty();
    }
    return Optional.of(
        new LakePath(
            table,
            named.group("day"),
            named.group("run"),
            isRow ? 1 : Integer.parseInt(named.group("files")),
            isSetAside));
  }

  /**
   * The number of files that a run wrote to a table, from the file names: the smallest total of
   * which all files exist, or else the smallest total. Files with another total are not the run's.
   *
   * @param ofRun the files in the run's name, of one table and day
   */
  public static int filesWritten(Collection<LakePath> ofRun) {
    Map<Integer, Integer> counts = new TreeMap<>();
    ofRun.forEach(file -> counts.merge(file.ofFiles(), 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(count -> count.getKey().equals(count.getValue()))
        .findFirst()
        .map(Map.Entry::getKey)
        .orElse(counts.isEmpty() ? 1 : counts.keySet().iterator().next());
  }

  /** Whether a text is a real day, {@code YYYY-MM-DD}. */
  public static boolean isDay(String text) {
    try {
      return LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** When a run began, to the second; empty if the text is not a run id. */
  public static Optional<Instant> startOf(String runId) {
    Matcher id = WHOLE_RUN_ID.matcher(runId);
    if (!id.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(id.group(1), TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
