package dev.playlistlake.io.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.lake.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartRecordTest {
  private static final String DAY = "2026-11-20";
  private static final String RUN = "20261120T060000Z-0001";
  private static final Instant NOW = Instant.now();

  private final Path lake;

  StartRecordTest(@TempDir Path lake) {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    this.lake = lake;
  }

  @Test
  void tellsOfTheRunOfThisProcess() throws IOException {
    StartRecord.write(facts(RUN, NOW));
    JsonNode json = new ObjectMapper().readTree(file(RUN).toFile());
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertThat(names, contains("ingest_date", "started_at", "host", "pid"));
    StartRecord record = only();
    assertThat(record.runId(), is(RUN));
    assertThat(record.ingestDate(), is(DAY));
    assertThat(record.startedAt(), is(NOW));
    assertThat(record.pid(), is(ProcessHandle.current().pid()));
    assertThat(record.isRunningHere(), is(true));
  }

  @Test
  void aFailureIsAddedAndNothingIsLost() throws IOException {
    write(RUN, "{\"started_at\":\"" + NOW + "\",\"pid\":1,\"of a later version\":[1]}");
    StartRecord.fail(layout(RUN), 7);
    assertThat(only().exitCode(), is(7));
    assertThat(only().isRunningHere(), is(false));
    assertThat(Files.readString(file(RUN)).contains("of a later version"), is(true));
    try (Stream<Path> left = Files.list(lake.resolve("_tmp").resolve(RUN))) {
      assertThat(left.count(), is(1L));
    }
  }

  /** Its row was written meanwhile: the record must not come back. */
  @Test
  void withoutARecordThereIsNothingToAdd() {
    StartRecord.fail(layout(RUN), 7);
    assertThat(StartRecord.all(lake.toString()), is(empty()));
    assertThat(Files.exists(file(RUN)), is(false));
  }

  /** Its number may be another process's by now, of this host or of another one. */
  @Test
  void anotherProcessIsNotTheRuns() throws IOException {
    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
    StartRecord.write(facts(RUN, start.minus(Duration.ofMinutes(1))));
    assertThat("began after the run", only().isRunningHere(), is(false));
    StartRecord.write(facts(RUN, start.plusMillis(1)));
    assertThat(only().isRunningHere(), is(true));
    String json = Files.readString(file(RUN));
    String host = new ObjectMapper().readTree(json).path("host").asText();
    write(RUN, json.replace(host, host + "-2"));
    assertThat("of another host", only().isRunningHere(), is(false));
    write(RUN, json.replaceAll("\"pid\":\\d+", "\"pid\":2147483646"));
    assertThat("gone", only().isRunningHere(), is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1]",
        "null",
        "not JSON",
        "{\"ingest_date\":1,\"started_at\":\"now\",\"host\":null,\"pid\":\"x\",\"exit_code\":\"y\"}"
      })
  void whatCannotBeReadIsARunThatRunsOrDied(String text) throws IOException {
    write(RUN, text);
    StartRecord record = only();
    assertThat(record.startedAt(), is(Instant.parse("2026-11-20T06:00:00Z")));
    assertThat(record.ingestDate(), is(nullValue()));
    assertThat(record.exitCode(), is(nullValue()));
    assertThat(record.isRunningHere(), is(false));
  }

  @Test
  void theNewestIsFirstAndOtherNamesAreNoRuns() throws IOException {
    String later = "20261120T070000Z-0000";
    write(RUN, "{}");
    write(later, "{}");
    write("notes", "{}");
    assertThat(
        StartRecord.all(lake.toString()).stream().map(StartRecord::runId).toList(),
        contains(later, RUN));
  }

  private StartRecord only() {
    List<StartRecord> all = StartRecord.all(lake.toString());
    assertThat(all.size(), is(1));
    return all.get(0);
  }

  private Path file(String runId) {
    return lake.resolve("_tmp").resolve(runId).resolve("started.json");
  }

  private void write(String runId, String text) throws IOException {
    Files.createDirectories(file(runId).resolveSibling("."));
    Files.writeString(file(runId), text);
  }

  private LakeLayout layout(String runId) {
    return new LakeLayout(lake.toString(), DAY, runId);
  }

  private RunFacts facts(String runId, Instant startedAt) {
    return new RunFacts(layout(runId), 1, startedAt, "DirectRunner", "1", false, "{}");
  }
}
