package dev.playlistlake.pipeline.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.io.publish.StartRecord;
import dev.playlistlake.model.ForeignText;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What start records tell of runs that have no row (decision 36).
 *
 * @param flags which runs count
 * @param records of those runs, the newest first
 * @param isKnown whether the records could be listed
 */
record StartedRuns(StatusCommand flags, List<StartRecord> records, boolean isKnown) {
  private static final int MOST_SHOWN = 3;

  /** What a record means. */
  private enum State {
    RUNNING,
    RUNNING_OR_DIED,
    FAILED;

    static State of(StartRecord record) {
      if (record.exitCode() != null) {
        return FAILED;
      }
      return record.isRunningHere() ? RUNNING : RUNNING_OR_DIED;
    }
  }

  /** Those of the run or day that the flags name, or of all. */
  static StartedRuns of(StatusCommand flags) {
    try {
      return new StartedRuns(
          flags,
          StartRecord.all(flags.lake).stream()
              .filter(record -> flags.run.map(record.runId()::equals).orElse(true))
              .filter(record -> flags.ingestDate.map(day -> isOf(day, record)).orElse(true))
              .filter(record -> !hasRow(flags.lake, record))
              .limit(MOST_SHOWN)
              .toList(),
          /* isKnown= */ true);
    } catch (LakeException e) {
      // Rights for the rows alone are enough for the rest of this command.
      return new StartedRuns(flags, List.of(), /* isKnown= */ false);
    }
  }

  /** A record without a day counts for the day in its run's name. */
  private static boolean isOf(LocalDate day, StartRecord record) {
    String ingestDate = record.ingestDate();
    return day.toString().equals(ingestDate)
        || (ingestDate == null && record.runId().startsWith(day.toString().replace("-", "") + "T"));
  }

  /** A run that died between its row and its clean-up left both. */
  private static boolean hasRow(String lake, StartRecord record) {
    Optional<String> day = Optional.ofNullable(record.ingestDate());
    return RunRows.newest(lake, day, Optional.of(record.runId())).isPresent();
  }

  /** A sentence for each run that is newer than the one with this id. */
  List<String> after(String runId) {
    return records.stream()
        .filter(record -> record.runId().compareTo(runId) > 0)
        .map(record -> "A later " + words(record))
        .toList();
  }

  /** The newest, as the end of a sentence. */
  String words() {
    if (!records.isEmpty()) {
      return words(records.get(0));
    }
    return isKnown
        ? "no such run has started, or a version before start records started it."
        : "the run is still under way, or it died, or there never was one.";
  }

  private static String words(StartRecord record) {
    State state = State.of(record);
    StringBuilder words = new StringBuilder("run ").append(record.runId());
    if (record.ingestDate() != null) {
      words.append(" of ").append(record.ingestDate());
    }
    switch (state) {
      case RUNNING -> words.append(" is running");
      case RUNNING_OR_DIED -> words.append(" is running or died");
      case FAILED ->
          words.append(" failed with exit code ").append(record.exitCode()).append(", unpublished");
    }
    words.append(", started at ").append(record.startedAt());
    if (record.host() != null) {
      words.append(" on ").append(record.host());
    }
    if (record.pid() != null) {
      words.append(" as process ").append(record.pid());
    }
    if (state == State.RUNNING_OR_DIED && record.isOfThisHost()) {
      words.append(", which does not run any more");
    }
    return ForeignText.oneLine(words + ".");
  }

  /** The newest as one line of JSON. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    if (records.isEmpty()) {
      json.put("run_id", flags.run.orElse(null));
      json.put("ingest_date", flags.ingestDate.map(LocalDate::toString).orElse(null));
      json.put("status", isKnown ? "NOT_STARTED" : "UNKNOWN");
      return json.toString();
    }
    StartRecord newest = records.get(0);
    json.put("run_id", newest.runId());
    json.put("ingest_date", newest.ingestDate());
    json.put("status", State.of(newest).name());
    json.put("started_at", newest.startedAt().toString());
    json.put("host", newest.host());
    json.put("pid", newest.pid());
    json.put("exit_code", newest.exitCode());
    return json.toString();
  }
}
