package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both versions of Flink, lakes on S3 and in a folder, one task a step and four. */
@EnabledIfSystemProperty(
    named = "playlistlake.long",
    matches = "true",
    disabledReason = "-Dplaylistlake.long=true tries every cluster with every lake")
class FlinkMatrixIT {
  private static final Map<String, String> CREDENTIALS =
      Map.of("SPOTIFY_CLIENT_ID", JobRun.CLIENT_ID, "SPOTIFY_CLIENT_SECRET", JobRun.CLIENT_SECRET);

  private final Path folder;
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(PurityIT.oneDialect(), StandInOptions.defaults());

  FlinkMatrixIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {FlinkCluster.FLINK_1_20, FlinkCluster.FLINK_1_19})
  void publishesTheSameRowsEverywhere(String version) throws Exception {
    JobRun direct =
        JobRun.against(
            spotify, Files.createDirectories(folder.resolve("direct")), list(), "--maxRejected=9");
    Map<LakeTable, List<String>> rows = PurityIT.rows(direct, false);
    Map<String, String> workers = new HashMap<>(CREDENTIALS);
    try (S3Proxy s3 = S3Proxy.start(folder)) {
      workers.putAll(s3.environment());
      FlinkCluster cluster = FlinkCluster.of(version).whoseWorkersHave(workers);
      try {
        cluster.start(Files.createDirectories(folder.resolve("flink")));
        for (String parallelism : List.of("--parallelism=1", "--parallelism=4")) {
          Path lake = folder.resolve("lake" + parallelism);
          JarRun inFolder = run(cluster, Map.of(), "--lake=" + lake, parallelism);
          compare(inFolder, lake, direct, rows);

          String bucket = "bucket" + parallelism.replaceAll("\\D", "");
          Path objects = s3.bucket(bucket);
          JarRun onS3 =
              run(
                  cluster,
                  s3.environment(),
                  "--lake=s3://" + bucket + "/lake",
                  parallelism,
                  "--awsRegion=us-east-1",
                  "--endpoint=" + s3.endpoint());
          compare(onS3, objects.resolve("lake"), direct, rows);
          assertThat(LakeFolder.files(objects.resolve("lake/_tmp")), is(empty()));

          JarRun replay =
              cluster.run(
                  folder,
                  s3.environment(),
                  "--from=raw:" + direct.lake().resolve("raw"),
                  "--runner=FlinkRunner",
                  "--maxRejected=9",
                  "--lake=s3://" + bucket + "/replay",
                  parallelism,
                  "--awsRegion=us-east-1",
                  "--endpoint=" + s3.endpoint());
          assertThat(String.join("\n", replay.err()), replay.exitCode(), is(0));
          assertThat(
              PurityIT.rows(new JobRun(0, "", "", objects.resolve("replay")), true),
              equalTo(PurityIT.rows(direct, true)));
        }
      } finally {
        cluster.stop();
      }
    }
  }

  /** The variables of who submits do not reach the workers: said beforehand, and the outcome. */
  @Test
  void workersWithoutTheVariablesAndClustersThatAreGoneAreSaid() throws Exception {
    FlinkCluster cluster = FlinkCluster.of(FlinkCluster.FLINK_1_20);
    try {
      cluster.start(Files.createDirectories(folder.resolve("flink")));
      Path lake = folder.resolve("lake");
      JarRun run = run(cluster, CREDENTIALS, "--lake=" + lake);

      String err = String.join("\n", run.err());
      assertThat(err, run.exitCode(), is(5));
      assertThat(
          run.err(),
          contains(
              startsWith("--credentials=env is read by the worker that asks: "),
              containsString("there are no credentials in the environment")));
      assertThat(run.row().get("status").asText(), is("NOT_AUTHORISED"));
      assertThat(new JobRun(5, "", "", lake).dataFiles(), is(empty()));

      cluster.stop();
      JarRun alone = run(cluster, CREDENTIALS, "--lake=" + lake);
      assertThat(String.join("\n", alone.err()), alone.exitCode(), is(7));
      assertThat(
          alone.err(),
          contains(startsWith("--credentials=env is "), startsWith("The cluster failed, ")));
    } finally {
      cluster.stop();
    }
  }

  private JarRun run(FlinkCluster cluster, Map<String, String> environment, String... args)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    all.add(list());
    all.add("--runner=FlinkRunner");
    all.add("--maxRejected=9");
    all.add("--apiUrl=" + spotify.url());
    all.add("--accountsUrl=" + spotify.url());
    return cluster.run(folder, environment, all.toArray(new String[0]));
  }

  private static void compare(
      JarRun run, Path lake, JobRun direct, Map<LakeTable, List<String>> rows) throws IOException {
    String err = String.join("\n", run.err());
    assertThat(err, run.exitCode(), is(0));
    assertThat(run.row().get("requests"), is(direct.row().get("requests")));
    assertThat(PurityIT.rows(new JobRun(0, "", err, lake), false), equalTo(rows));
  }

  private static String list() {
    return "--playlists=" + String.join(",", SampleCatalog.playlistEntries());
  }
}
