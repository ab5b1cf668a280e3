package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.RunRecord;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job as users submit it to a cluster of the Flink of EMR 7.6. */
class FlinkClusterIT {
  private static final String CLIENT_ID = "5b2eClientId";
  private static final String CLIENT_SECRET = "Qm4ClientSecretQm4";
  private static final String REFRESH_TOKEN = "Ht6RefreshTokenHt6";

  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "SPOTIFY_CLIENT_ID", CLIENT_ID,
          "SPOTIFY_CLIENT_SECRET", CLIENT_SECRET,
          "SPOTIFY_REFRESH_TOKEN", REFRESH_TOKEN);

  @RegisterExtension
  static final FlinkCluster CLUSTER =
      FlinkCluster.of(FlinkCluster.FLINK_1_20).whoseWorkersHave(CREDENTIALS);

  private final Path folder;
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(
          PurityIT.oneDialect(),
          StandInOptions.defaults()
              .withClientId(CLIENT_ID)
              .withClientSecret(CLIENT_SECRET)
              .withRefreshToken(REFRESH_TOKEN));

  FlinkClusterIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @ParameterizedTest
  @MethodSource("parallelisms")
  void publishesTheRowsOfTheDirectRunnerForAsManyRequests(int live, int replay) throws Exception {
    JobRun there = onTheCluster("cluster", fetching("--parallelism=" + live));
    int asked = Subjects.asked(spotify).size();
    spotify.clearLog();
    JobRun here = direct("direct");

    assertThat(asked, is(greaterThan(10)));
    assertThat(asked, is(Subjects.asked(spotify).size()));
    assertThat(there.row().get("requests"), is(here.row().get("requests")));
    assertThat(PurityIT.rows(there, false), equalTo(PurityIT.rows(here, false)));
    assertThat(there.row().get("runner").asText(), is("FlinkRunner"));

    String day = here.row().get("ingest_date").asText();
    JobRun replayed =
        onTheCluster(
            "replay",
            "--from=raw:" + here.lake().resolve("raw"),
            "--ingestDate=" + day,
            "--filesPerTable=3",
            "--parallelism=" + replay);
    Path again = Files.createDirectories(folder.resolve("again"));
    JobRun replayedHere =
        JobRun.replay(LocalDate.parse(day), here.lake().resolve("raw"), again, "--maxRejected=9");
    assertThat(replayed.row().get("requests").asLong(), is(0L));
    assertThat(PurityIT.rows(replayed, true), equalTo(PurityIT.rows(replayedHere, true)));
    assertThat(replayed.dataFiles(), hasSize(3 * (LakeTable.values().length - 1)));
  }

  /** Of the live run and of its replay. */
  static Stream<Arguments> parallelisms() {
    Stream<Arguments> always = Stream.of(Arguments.of(4, 1));
    return Boolean.getBoolean("playlistlake.long")
        ? Stream.concat(always, Stream.of(Arguments.of(1, 4)))
        : always;
  }

  /** By our flag and by Flink's; both are answered alike. */
  @LongProof
  @ParameterizedTest
  @ValueSource(strings = {"--attachedMode=false", "-d"})
  void doesNotWaitWhereItIsToldSo(String how) throws Exception {
    List<String> before = CLUSTER.jobs();
    List<String> flinks = how.equals("-d") ? List.of(how) : List.of();
    String[] args = fetching(how.equals("-d") ? "--maxAge=7" : how);
    Path lake = folder.resolve("lake");
    JarRun submitted;
    try (JarRun.Started started = CLUSTER.submit(flinks, folder, Map.of(), with(lake, args))) {
      submitted = started.end();
    }

    assertThat(String.join("\n", submitted.err()), submitted.exitCode(), is(0));
    JsonNode row = submitted.row();
    assertThat(fields(row), is(List.of("run_id", "ingest_date", "status")));
    assertThat(row.get("status").asText(), is("SUBMITTED"));
    List<String> jobs = new ArrayList<>(CLUSTER.jobs());
    jobs.removeAll(before);
    assertThat(jobs, hasSize(1));
    assertThat(CLUSTER.awaitEnd(jobs.get(0)), is("FINISHED"));
    // Without --parallelism it is what the cluster's own configuration says.
    assertThat(
        CLUSTER
            .rest("/jobs/" + jobs.get(0) + "/config")
            .path("execution-config")
            .path("job-parallelism")
            .asInt(),
        is(4));
    LakeLayout run =
        new LakeLayout(
            lake.toString(), row.get("ingest_date").asText(), row.get("run_id").asText());
    assertThat(new RunRecord(run).readRow().orElseThrow().status(), is(RunStatus.PUBLISHED));
  }

  /** While they change: afterwards the task is gone, and with it what it showed. */
  @LongProof
  @Test
  void numbersOfTheAskingShowAmongTheMetricsOfItsTask() throws Exception {
    spotify.script(SampleCatalog.COMMUTE, Scripted.stall(Duration.ofSeconds(8)));
    Map<String, String> shown = new TreeMap<>();
    try (JarRun.Started started =
        CLUSTER.submit(
            List.of(),
            folder,
            Map.of(),
            with(folder.resolve("metrics"), fetching("--requestConcurrency=2")))) {
      FlinkCluster.await(
          "the metrics of the asking",
          () -> {
            CLUSTER.jobs().forEach(job -> shown.putAll(spotifysNumbers(job)));
            return shown.containsKey("itemsRead") && !shown.get("itemsRead").equals("0");
          });
      assertThat(started.end().exitCode(), is(0));
    }
    assertThat(
        shown.keySet(),
        contains(
            "detailBatchesDone",
            "itemsRead",
            "playlistsDone",
            "requests",
            "retries",
            "throttledMillis"));
    assertThat(Integer.parseInt(shown.get("requests")), is(greaterThan(0)));
    assertThat(Integer.parseInt(shown.get("playlistsDone")), is(greaterThan(0)));
  }

  /** Of a job's running tasks, by name. */
  private static Map<String, String> spotifysNumbers(String job) {
    Map<String, String> numbers = new TreeMap<>();
    for (JsonNode vertex : CLUSTER.rest("/jobs/" + job).path("vertices")) {
      String metrics = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/metrics";
      List<String> ids = new ArrayList<>();
      if (vertex.path("status").asText().equals("RUNNING")) {
        CLUSTER.rest(metrics).forEach(metric -> ids.add(metric.path("id").asText()));
      }
      ids.removeIf(id -> !id.matches("\\d+\\.Spotify\\..*"));
      if (!ids.isEmpty()) {
        CLUSTER
            .rest(metrics + "?get=" + String.join(",", ids))
            .forEach(
                metric ->
                    numbers.put(
                        metric.path("id").asText().replaceAll(".*\\.", ""),
                        metric.path("value").asText()));
      }
    }
    return numbers;
  }

  /** What there is to be read of a cluster and its job has none. */
  @LongProof
  @Test
  void noSecretIsAnywhereToBeRead() throws Exception {
    JobRun run = onTheCluster("secrets", fetching("--verbose=true"));

    StringBuilder all = new StringBuilder(run.out()).append(run.err());
    for (String job : CLUSTER.jobs()) {
      for (String page : List.of("", "/config", "/plan", "/exceptions", "/accumulators")) {
        all.append(CLUSTER.text("/jobs/" + job + page));
      }
    }
    for (String page :
        List.of("/jobmanager/config", "/jobmanager/environment", "/taskmanagers", "/overview")) {
      all.append(CLUSTER.text(page));
    }
    assertThat(
        "the page of the job's options", all.toString(), containsString("\"credentials\":\"env\""));
    List<Path> files = new ArrayList<>(CLUSTER.files());
    files.addAll(run.files());
    assertThat(
        files.stream().map(file -> file.getFileName().toString()).toList(), hasItem("tm1.log"));
    for (Path file : files) {
      all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    for (String secret :
        List.of(
            CLIENT_SECRET,
            REFRESH_TOKEN,
            "stand-in-token-",
            Base64.getEncoder()
                .encodeToString(
                    (CLIENT_ID + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8)))) {
      assertThat(all.indexOf(secret), is(-1));
    }
  }

  /** As Flink's web page does it: main runs in the JobManager, which must outlive it. */
  @LongProof
  @Test
  void submittedWithinTheJobManagerItLeavesTheJobManagerAlone() throws Exception {
    String jar = CLUSTER.upload(JarRun.FOR_FLINK);
    Path lake = folder.resolve("within");
    String job = CLUSTER.runUploaded(jar, with(lake, fetching()));

    assertThat(CLUSTER.awaitEnd(job), is("FINISHED"));
    assertThat(CLUSTER.process("jm").isAlive(), is(true));
    List<GenericRecord> rows = new JobRun(0, "", "", lake).rows(LakeTable.RUN);
    assertThat(
        rows.stream().map(row -> row.get("status").toString()).toList(), is(List.of("PUBLISHED")));
  }

  private JobRun onTheCluster(String name, String... args) throws Exception {
    Path lake = folder.resolve(name);
    // Whoever submits often has them too: they are to stay there.
    JarRun run = CLUSTER.run(folder, CREDENTIALS, with(lake, args));
    String err = String.join("\n", run.err());
    assertThat(err, run.exitCode(), is(0));
    return new JobRun(run.exitCode(), String.join("\n", run.out()), err, lake);
  }

  private String[] fetching(String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--playlists=" + String.join(",", SampleCatalog.playlistEntries()));
    args.add("--apiUrl=" + spotify.url());
    args.add("--accountsUrl=" + spotify.url());
    return args.toArray(new String[0]);
  }

  private static String[] with(Path lake, String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--runner=FlinkRunner");
    args.add("--maxRejected=9");
    args.add("--lake=" + lake);
    return args.toArray(new String[0]);
  }

  private JobRun direct(String name) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Path credentials =
        JobRun.credentials(
            place, CLIENT_ID, CLIENT_SECRET, "SPOTIFY_REFRESH_TOKEN=" + REFRESH_TOKEN);
    JobRun run =
        JobRun.into(
            spotify,
            credentials,
            place.resolve("lake").toString(),
            "--playlists=" + String.join(",", SampleCatalog.playlistEntries()),
            "--maxRejected=9");
    assertThat(run.err(), run.exitCode(), is(0));
    return run;
  }

  private static List<String> fields(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
