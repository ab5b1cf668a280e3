package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of a Flink cluster that die by SIGKILL while a job is under way. */
@LongProof
class FlinkKillIT {
  private static final String DAY = "2026-11-20";
  private static final int CONCURRENCY = 4;
  private static final int PLAYLISTS = 24;
  private static final Duration LATENCY = Duration.ofMillis(250);

  /** The steps in one of whose tasks all requests for playlists are made. */
  private static final String ASKING = "Land playlists/Gather the list/GBK";

  private static final String WRITING = "Write Parquet";

  private final GeneratedCatalog catalog = GeneratedCatalog.of(7, PLAYLISTS, Subjects.ITEMS, 600);
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(catalog, StandInOptions.defaults().withLatency(LATENCY));
  private final FlinkCluster cluster = FlinkCluster.of(FlinkCluster.FLINK_1_20);
  private final Path folder;
  private final Path lake;

  FlinkKillIT(@TempDir Path folder) {
    this.folder = folder;
    this.lake = folder.resolve("lake");
  }

  @BeforeEach
  void start() throws Exception {
    cluster.start(Files.createDirectories(folder.resolve("flink")));
  }

  @AfterEach
  void stop() {
    cluster.stop();
    spotify.close();
  }

  /** Of the worker that asks and of the other one; with no new one in its place. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTaskManagerLostInTheAskingCostsNoRowAndNoAnswer(boolean fetching) throws Exception {
    JarRun run;
    Set<String> unfinished;
    long killedAt;
    try (JarRun.Started started = submit()) {
      FlinkCluster.await("half of the asking", () -> stored().size() >= PLAYLISTS / 2);
      String worker = workerOf(ASKING);
      cluster.kill(fetching ? worker : other(worker));
      killedAt = System.nanoTime();
      unfinished = Subjects.subjects(Subjects.paths(Subjects.asked(spotify)));
      unfinished.removeAll(stored());
      run = started.end();
    }
    String err = String.join("\n", run.err());
    assertThat(err, run.exitCode(), is(0));
    Map<String, Long> again = askedAgain();
    System.out.printf(
        Locale.ROOT,
        "a TaskManager lost that %s: ended %.1f s later; %d requests made again, for %d of %d"
            + " unfinished playlists%n",
        fetching ? "asked" : "did not ask",
        (System.nanoTime() - killedAt) / 1e9,
        again.values().stream().mapToLong(Long::longValue).sum(),
        again.size(),
        unfinished.size());

    assertThat(unfinished.size(), is(lessThanOrEqualTo(2 * CONCURRENCY)));
    assertThat("the death was noticed", restarts(), is(greaterThan(0)));
    assertThat(again.keySet(), everyItem(is(in(unfinished))));
    again.forEach(
        (subject, more) ->
            assertThat(subject, more, is(lessThanOrEqualTo(Subjects.requestsOf(subject)))));
    assertThat(Shown.by(lake).data(), is(undisturbed()));
    assertThat(LakeFolder.files(lake.resolve("_tmp")), is(empty()));
  }

  @Test
  void aTaskManagerLostInTheWritingCostsNoRowAndNoRequest() throws Exception {
    JarRun run;
    String worker;
    // So many that the writing takes longer than the looking for it, on a busy machine too.
    try (JarRun.Started started = submit("--filesPerTable=40")) {
      worker = workerOf(WRITING);
      cluster.kill(worker);
      run = started.end();
    }
    String err = String.join("\n", run.err());
    assertThat(err, run.exitCode(), is(0));
    assertThat("the death was noticed", restarts(), is(greaterThan(0)));
    assertThat(askedAgain().entrySet(), is(empty()));
    assertThat(Shown.by(lake).data(), is(undisturbed()));
    assertThat(LakeFolder.files(lake.resolve("_tmp")), is(empty()));
  }

  @Test
  void aLostJobManagerIsSaidAndTheNextRunAsksForTheRest() throws Exception {
    JarRun run;
    try (JarRun.Started started = submit()) {
      FlinkCluster.await("half of the asking", () -> stored().size() >= PLAYLISTS / 2);
      cluster.kill("jm");
      run = started.end();
    }
    String err = String.join("\n", run.err());
    assertThat(err, run.exitCode(), is(7));
    assertThat(err, run.err().size(), is(1));
    assertThat(err, containsString("The cluster failed"));
    assertThat(err, containsString("Connection refused"));
    assertThat(run.out().stream().filter(line -> line.startsWith("{")).toList(), is(empty()));
    assertThat(LakeFolder.files(lake.resolve("run")), is(empty()));

    cluster.startJobManager();
    cluster.awaitTaskManagers();
    Set<String> stored = stored();
    spotify.clearLog();
    try (JarRun.Started started = submit()) {
      JarRun again = started.end();
      assertThat(String.join("\n", again.err()), again.exitCode(), is(0));
    }
    assertThat(stored.size(), is(greaterThan(0)));
    assertThat(
        Subjects.subjects(Subjects.paths(Subjects.asked(spotify))).stream()
            .filter(stored::contains)
            .toList(),
        is(empty()));
    assertThat(Shown.by(lake).data(), is(undisturbed()));
  }

  private JarRun.Started submit(String... flags) throws IOException {
    List<String> args = new ArrayList<>(List.of(arguments(lake)));
    args.addAll(List.of(flags));
    args.add("--runner=FlinkRunner");
    args.add("--parallelism=2");
    String more = System.getProperty("playlistlake.flink.flags", "");
    args.addAll(more.isEmpty() ? List.of() : List.of(more.split(" ", -1)));
    return cluster.submit(List.of(), folder, Map.of(), args.toArray(new String[0]));
  }

  private String[] arguments(Path to) {
    return new String[] {
      "--playlists=" + String.join(",", catalog.playlistIds()),
      "--lake=" + to,
      "--ingestDate=" + DAY,
      "--requestConcurrency=" + CONCURRENCY,
      "--apiUrl=" + spotify.url(),
      "--accountsUrl=" + spotify.url(),
      "--credentials=sample"
    };
  }

  /** What a run shows that nothing has happened to. */
  private List<String> undisturbed() throws Exception {
    Path other = folder.resolve("undisturbed");
    assertThat(Program.run(arguments(other)), is(0));
    return Shown.by(other).data();
  }

  /** The TaskManager that runs a task whose name holds this. */
  private String workerOf(String step) throws InterruptedException {
    List<String> workers = new ArrayList<>();
    FlinkCluster.await(
        "a task of " + step,
        () -> {
          for (String job : cluster.jobs()) {
            for (JsonNode vertex : cluster.rest("/jobs/" + job).path("vertices")) {
              if (vertex.path("name").asText().contains(step)) {
                JsonNode tasks =
                    cluster.rest("/jobs/" + job + "/vertices/" + vertex.path("id").asText());
                for (JsonNode task : tasks.path("subtasks")) {
                  if (task.path("status").asText().equals("RUNNING")) {
                    workers.add(task.path("taskmanager-id").asText());
                  }
                }
              }
            }
          }
          return !workers.isEmpty();
        });
    return workers.get(0);
  }

  /** How often tasks of the one job had to be started anew. */
  private int restarts() {
    String job = cluster.jobs().get(0);
    return cluster
        .rest("/jobs/" + job + "/exceptions")
        .path("exceptionHistory")
        .path("entries")
        .size();
  }

  private static String other(String worker) {
    assertThat(worker, is(in(List.of("tm1", "tm2"))));
    return worker.equals("tm1") ? "tm2" : "tm1";
  }

  private Set<String> stored() throws IOException {
    return Files.exists(lake.resolve("raw")) ? Subjects.stored(lake) : Set.of();
  }

  /** How many more requests than it takes were made, by subject. */
  private Map<String, Long> askedAgain() {
    Map<String, Long> again =
        Subjects.asked(spotify).stream()
            .collect(
                Collectors.groupingBy(
                    request -> Subjects.subject(request.pathAndQuery()),
                    TreeMap::new,
                    Collectors.counting()));
    again.replaceAll((subject, requests) -> requests - Subjects.requestsOf(subject));
    again.values().removeIf(more -> more <= 0);
    return again;
  }
}
