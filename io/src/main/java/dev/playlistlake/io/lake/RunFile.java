package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import java.time.DateTimeException;
import java.time.Instant;
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
 * @param modifiedAt when it was last written
 */
record RunFile(LakeTable table, String ingestDate, String runId, String path, Instant modifiedAt) {
  private static final String RUN_ID = "(\\d{8}T\\d{6}Z)-[0-9a-f]{4}";
  private static final Pattern WHOLE_RUN_ID = Pattern.compile(RUN_ID);
  private static final Pattern PATH =
      Pattern.compile(
          ".*/(?<table>[a-z_]+)/"
              + LakeTable.INGEST_DATE
              + "=(?<day>\\d{4}-\\d{2}-\\d{2})/(?<run>"
              + RUN_ID
              + ")(?<shard>-\\d{5}-of-\\d{5})?\\.parquet");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

  /** What a found file is; empty where its name is none that runs give. */
  static Optional<RunFile> of(LakeFiles.Found file) {
    Matcher path = PATH.matcher(file.path());
    if (!path.matches() || startOf(path.group("run")).isEmpty()) {
      return Optional.empty();
    }
    for (LakeTable table : LakeTable.values()) {
      boolean row = path.group("shard") == null;
      if (table.tableName().equals(path.group("table")) && row == (table == LakeTable.RUN)) {
        return Optional.of(
            new RunFile(
                table, path.group("day"), path.group("run"), file.path(), file.modifiedAt()));
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

  /** The folder it lies in. */
  String folder() {
    return path.substring(0, path.lastIndexOf('/'));
  }
}
