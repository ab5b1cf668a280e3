package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real signals to the real jar. */
@LongProof
class StopIT {
  private static final String STOPPING =
      "Stopping: nothing more is asked; what is complete is published. Once more ends at once.";
  private static final int SIGINT_BIT = 1 << 1;
  private static final List<String> LIST =
      List.of(
          SampleCatalog.CRATE, SampleCatalog.SUNSET, SampleCatalog.KITCHEN, SampleCatalog.COMMUTE);

  private final Path directory;
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(
          SampleCatalog.create(), StandInOptions.defaults().withLatency(Duration.ofMillis(100)));

  StopIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void close() {
    spotify.close();
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.JarRun#runners")
  void theFirstSignalPublishesWhatThereIs(String runner) throws Exception {
    String signal = runner.equals("DirectRunner") ? "TERM" : "INT";
    try (JarRun.Started started = start(runner)) {
      untilAsked(SampleCatalog.SUNSET, Duration.ofSeconds(2));
      kill(signal, started.process());
      JarRun run = started.end();

      String err = String.join("\n", run.err());
      assertThat(err, run.exitCode(), is(4));
      assertThat(err, run.err().get(0), is(STOPPING));
      assertThat(
          err,
          run.err().stream().filter(line -> line.matches(".*(WARN|ERROR|\tat ).*")).toList(),
          is(empty()));
      assertThat(run.row().get("status").asText(), is("PUBLISHED"));
      assertThat(run.row().get("stopped_by").asText(), is("INTERRUPTED"));
      assertThat(column(LakeTable.RUN, "stopped_by"), is(List.of("INTERRUPTED")));
      assertThat(column(LakeTable.REJECTED, "reason"), everyItem(is("INTERRUPTED")));
      assertThat(column(LakeTable.REJECTED, "subject_id"), hasItem(SampleCatalog.COMMUTE));
      List<String> read = column(LakeTable.PLAYLIST, "playlist_id");
      assertThat(read, hasItem(SampleCatalog.SUNSET));
      assertThat(read, not(hasItem(SampleCatalog.COMMUTE)));

      spotify.clearLog();
      try (JarRun.Started again = start("DirectRunner")) {
        JarRun rest = again.end();
        assertThat(String.join("\n", rest.err()), rest.exitCode(), is(0));
        List<String> paths = spotify.requests().stream().map(LoggedRequest::path).toList();
        read.forEach(id -> assertThat(paths, not(hasItem("/v1/playlists/" + id))));
        assertThat(paths, hasItem("/v1/playlists/" + SampleCatalog.COMMUTE));
        assertThat(column(LakeTable.REJECTED, "reason"), is(empty()));
        assertThat(
            column(LakeTable.PLAYLIST, "read_status"), is(List.of("READ", "READ", "READ", "READ")));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.JarRun#runners")
  void theSecondSignalEndsAtOnce(String runner) throws Exception {
    boolean direct = runner.equals("DirectRunner");
    String signal = direct ? "INT" : "TERM";
    int exitCode = direct ? 130 : 143;
    try (JarRun.Started started = start(runner)) {
      untilAsked(SampleCatalog.CRATE, Duration.ofMinutes(1));
      kill("TERM", started.process());
      while (!Files.readString(started.err()).contains(STOPPING)) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat("the answer is awaited", started.process().isAlive(), is(true));
      long start = System.nanoTime();
      kill(signal, started.process());
      JarRun run = started.end();

      assertThat(Duration.ofNanos(System.nanoTime() - start), is(lessThan(Duration.ofSeconds(5))));
      assertThat(run.exitCode(), is(exitCode));
      assertThat(run.out(), is(empty()));
      assertThat(run.err(), is(List.of(STOPPING)));
      assertThat(LakeFolder.files(lake().resolve(LakeTable.RUN.tableName())), is(empty()));
    }
  }

  /** All is asked: the run goes on to its end as if nobody had said a word. */
  @Test
  void afterTheLastRequestASignalChangesNothing() throws Exception {
    try (JarRun.Started started = start("DirectRunner")) {
      untilAsked("/v1/artists", Duration.ofSeconds(2));
      kill("TERM", started.process());
      JarRun run = started.end();

      assertThat(String.join("\n", run.err()), run.exitCode(), is(0));
      assertThat(run.err().get(0), is(STOPPING));
      assertThat(run.row().get("stopped_by").isNull(), is(true));
      assertThat(column(LakeTable.REJECTED, "reason"), is(empty()));
      assertThat(column(LakeTable.SONG, "track_id").size(), is(greaterThan(0)));
    }
  }

  private JarRun.Started start(String runner) throws IOException {
    return JarRun.start(
        directory,
        Map.of(
            "SPOTIFY_CLIENT_ID", JobRun.CLIENT_ID, "SPOTIFY_CLIENT_SECRET", JobRun.CLIENT_SECRET),
        "--runner=" + runner,
        "--playlists=" + String.join(",", LIST),
        "--lake=" + lake(),
        "--requestConcurrency=1",
        "--apiUrl=" + spotify.url(),
        "--accountsUrl=" + spotify.url());
  }

  private Path lake() {
    return directory.resolve("lake");
  }

  /** Waits for a request, whose answer waits in turn. */
  private void untilAsked(String path, Duration silence) throws InterruptedException {
    spotify.script(path, Scripted.stall(silence).then(() -> asked.add(path)));
    assertThat("it gets as far as asking", asked.poll(1, TimeUnit.MINUTES), is(path));
  }

  private static void kill(String signal, Process process) throws Exception {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (Files.exists(status)) {
      String ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> line.substring("SigIgn:".length()).strip())
              .findFirst()
              .orElse("0");
      assumeTrue(
          (Long.parseUnsignedLong(ignored, 16) & SIGINT_BIT) == 0,
          "what starts these tests lets its children ignore SIGINT");
    }
    Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor(), is(0));
  }

  private List<String> column(LakeTable table, String column) throws IOException {
    List<String> values = new ArrayList<>();
    for (Path file : LakeFolder.files(lake().resolve(table.tableName()))) {
      for (GenericRecord row : ParquetFiles.read(table, file.toString())) {
        values.add(String.valueOf(row.get(column)));
      }
    }
    return values;
  }
}
