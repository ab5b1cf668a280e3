package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in a table's folder that bears the name of the run that wrote it.
 *
 * @param table whose folder it lies in; in {@code run} it is the run's row, elsewhere data
 * @param ofFiles how many files the run wrote into the table
 * @param isSetAside whether it is a row of {@code run} that could not be read and was renamed, so
 *     that no reader takes it for one
 */
record RunFile(
    LakeTable table,
    String ingestDate,
    String runId,
    int ofFiles,
    boolean isSetAside,
    LakeFiles.Found found) {
  private static final String RUN_ID = "(\\d{8}T\\d{6}Z)-[0-9a-f]{4}";
  private static final Pattern WHOLE_RUN_ID = Pattern.compile(RUN_ID);
  private static final Pattern PATH =
      Pattern.compile(
          ".*/(?<table>[a-z_]+)/"
              + LakeTable.INGEST_DATE
              + "=(?<day>\\d{4}-\\d{2}-\\d{2})/(?<aside>_)?(?<run>"
              + RUN_ID
              + ")(?:-\\d{5}-of-(?<files>\\d{5}))?\\.parquet");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  /** What a found file is; empty where its name is none that runs give. */
  static Optional<RunFile> of(LakeFiles.Found file) {
    Matcher path = PATH.matcher(file.path());
    if (!path.matches() || startOf(path.group("run")).isEmpty() || !isDay(path.group("day"))) {
      return Optional.empty();
    }
    boolean isRow = path.group("files") == null;
    boolean isSetAside = path.group("aside") != null;
    for (LakeTable table : LakeTable.values()) {
      if (table.tableName().equals(path.group("table"))
          && isRow == (table == LakeTable.RUN)
          && (isRow || !isSetAside)) {
        return Optional.of(
            new RunFile(
                table,
                path.group("day"),
                path.group("run"),
                isRow ? 1 : Integer.parseInt(path.group("files")),
                isSetAside,
                file));
      }
    }
    return Optional.empty();
  }

  /** When a run began, to the second; empty where the text is no run id. */
  static Optional<Instant> startOf(String runId) {
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

  /** Whether a text is a real day, {@code YYYY-MM-DD}: others are no partitions of the lake. */
  static boolean isDay(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  String path() {
    return found.path();
  }

  Instant modifiedAt() {
    return found.modifiedAt();
  }

  /** The folder it lies in. */
  String folder() {
    return path().substring(0, path().lastIndexOf('/'));
  }
}
