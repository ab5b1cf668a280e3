package dev.playlistlake.io.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.schema.LakePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of a run's start, {@code _tmp/<run_id>/started.json} (decision 36). It tells a run
 * that is under way or died from one that never was. The run's row takes its place.
 *
 * @param runId the run
 * @param ingestDate its day; null if the record cannot be read
 * @param startedAt to the second if the record cannot be read
 * @param host where the process runs that started it; null if unknown
 * @param pid of that process; null if unknown
 * @param exitCode how it failed; null if it has not, or could not write it down
 */
public record StartRecord(
    String runId,
    @Nullable String ingestDate,
    Instant startedAt,
    @Nullable String host,
    @Nullable Long pid,
    @Nullable Integer exitCode) {
  private static final Logger LOG = LoggerFactory.getLogger(StartRecord.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String INGEST_DATE = "ingest_date";
  private static final String STARTED_AT = "started_at";
  private static final String HOST = "host";
  private static final String PID = "pid";
  private static final String EXIT_CODE = "exit_code";

  /** Start times of processes are counted from the boot, so a clock that is set moves them. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

  /**
   * Writes that a run starts in this process.
   *
   * @throws LakeException if storage fails
   */
  public static void write(RunFacts run) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put(INGEST_DATE, run.layout().ingestDate());
    json.put(STARTED_AT, run.startedAt().toString());
    json.put(HOST, ThisHost.name());
    json.put(PID, ProcessHandle.current().pid());
    write(run.layout(), json);
  }

  /**
   * Adds how a run failed to its record, as far as storage works; nothing if there is none, as
   * where its row is written.
   */
  public static void fail(LakeLayout run, int exitCode) {
    try {
      if (!LakeFiles.list(run.startRecord()).isEmpty()) {
        write(run, read(run.startRecord()).put(EXIT_CODE, exitCode));
      }
    } catch (LakeException e) {
      LOG.debug("how the run ended is not recorded", e);
    }
  }

  private static void write(LakeLayout run, ObjectNode json) {
    LakeFiles.write(
        run.startRecord(),
        run.temporary(),
        out -> out.write((json + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The records of a lake, the newest run first.
   *
   * @throws LakeException if they cannot be listed
   */
  public static List<StartRecord> all(String root) {
    return LakeFiles.list(LakeLayout.startRecords(root)).stream()
        .flatMap(path -> at(path).stream())
        .sorted(Comparator.comparing(StartRecord::runId).reversed())
        .toList();
  }

  /** Empty in a folder that is not a run's. */
  private static Optional<StartRecord> at(String path) {
    String folder = path.substring(0, path.length() - LakeFiles.fileName(path).length() - 1);
    String runId = LakeFiles.fileName(folder);
    return LakePath.startOf(runId).map(start -> decoded(runId, start, read(path)));
  }

  /** Its JSON; empty if it cannot be read, or was removed meanwhile. */
  private static ObjectNode read(String path) {
    try {
      return MAPPER.readTree(LakeFiles.read(path)) instanceof ObjectNode json
          ? json
          : MAPPER.createObjectNode();
    } catch (LakeException | IOException e) {
      LOG.debug("the start record {} is unreadable", path, e);
      return MAPPER.createObjectNode();
    }
  }

  private static StartRecord decoded(String runId, Instant start, JsonNode json) {
    JsonNode day = json.path(INGEST_DATE);
    JsonNode host = json.path(HOST);
    JsonNode pid = json.path(PID);
    JsonNode exitCode = json.path(EXIT_CODE);
    return new StartRecord(
        runId,
        LakePath.isDay(day.asText()) ? day.asText() : null,
        instant(json.path(STARTED_AT).asText()).orElse(start),
        host.isTextual() ? host.asText() : null,
        pid.isIntegralNumber() ? pid.asLong() : null,
        exitCode.isIntegralNumber() ? exitCode.asInt() : null);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the process that started it is known to be on this host. */
  public boolean isRunningHere() {
    return exitCode == null
        && pid != null
        && isOfThisHost()
        && ProcessHandle.of(pid).filter(this::mayHaveStartedIt).isPresent();
  }

  /** Whether it was started on this host, by its name. */
  public boolean isOfThisHost() {
    return host != null && host.equals(ThisHost.name());
  }

  /** Not if the process began after the run: then its number was given again. */
  private boolean mayHaveStartedIt(ProcessHandle process) {
    return process.isAlive()
        && process
            .info()
            .startInstant()
            .filter(start -> !start.isAfter(startedAt.plus(CLOCKS_DIFFER)))
            .isPresent();
  }
}
