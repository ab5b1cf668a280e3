package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lake on S3, over the wire. */
class S3IT {
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final Instant TWO_DAYS_AGO = Instant.now().minus(Duration.ofDays(2));
  private static final String SUPERSEDED = "20200101T000000Z-0001";
  private static final String DEAD = "20200102T000000Z-dead";
  private static final String PERHAPS_ALIVE = "20200103T000000Z-beef";

  private static S3Proxy s3;
  private static SpotifyStandIn spotify;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    s3 = S3Proxy.start(folder);
    spotify = SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());
  }

  @AfterAll
  static void stop() {
    spotify.close();
    s3.close();
  }

  /** On a cluster: {@link FlinkMatrixIT}. */
  @Test
  void holdsTheSameRowsAsAFolder(@TempDir Path directory) throws Exception {
    String bucket = "lake-on-s3";
    Path objects = s3.bucket(bucket);
    Files.write(objects.resolve("playlists.txt"), SampleCatalog.playlistEntries());
    Path local = directory.resolve("lake");

    JarRun onS3 =
        run(
            directory,
            s3.environment(),
            "--playlists=s3://" + bucket + "/playlists.txt",
            "--lake=s3://" + bucket + "/some/prefix",
            "--awsRegion=us-east-1",
            "--endpoint=" + s3.endpoint());
    JarRun onDisk =
        run(
            directory,
            Map.of(),
            "--playlists=" + String.join(",", SampleCatalog.playlistEntries()),
            "--lake=" + local);

    assertThat(String.join("\n", onDisk.err()), onDisk.exitCode(), is(0));
    assertThat(String.join("\n", onS3.err()), onS3.exitCode(), is(0));
    assertThat(onS3.err().get(0), startsWith("Published "));
    assertThat(
        onS3.err().stream().filter(line -> line.matches(".*(WARN|ERROR|SLF4J).*")).toList(),
        is(empty()));
    Path prefix = objects.resolve("some/prefix");
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        assertThat(table.tableName(), rows(prefix, table), is(rows(local, table)));
      }
    }
    assertThat(rows(prefix, LakeTable.PLAYLIST_ITEM).size(), greaterThan(0));
    assertThat(LakeFolder.files(prefix.resolve("_tmp")), is(empty()));
  }

  /** Superseded: at once; dead: once old; of whatever may be alive nothing. */
  @Test
  void removesWhatEarlierRunsLeft(@TempDir Path directory) throws Exception {
    Path lake = s3.bucket("left").resolve("lake");
    String[] flags = {
      "--playlists=" + SampleCatalog.EMPTY,
      "--lake=s3://left/lake",
      "--awsRegion=us-east-1",
      "--endpoint=" + s3.endpoint()
    };
    JsonNode published = run(directory, s3.environment(), flags).row();
    String day = "/ingest_date=" + published.get("ingest_date").asText() + "/";
    String runId = published.get("run_id").asText();
    String shard = "-00000-of-00001.parquet";
    Path rows = lake.resolve("run" + day);
    Files.copy(rows.resolve(runId + ".parquet"), rows.resolve(SUPERSEDED + ".parquet"));
    plant(lake.resolve("song" + day + SUPERSEDED + shard), Instant.now());
    plant(lake.resolve("song" + day + DEAD + shard), TWO_DAYS_AGO);
    plant(lake.resolve("_tmp/" + DEAD + "/half"), TWO_DAYS_AGO);
    // This S3 shows a folder as an object.
    Files.setLastModifiedTime(lake.resolve("_tmp/" + DEAD), FileTime.from(TWO_DAYS_AGO));
    plant(lake.resolve("song" + day + PERHAPS_ALIVE + shard), Instant.now());

    JarRun run = run(directory, s3.environment(), flags);

    assertThat(String.join("\n", run.err()), run.exitCode(), is(0));
    assertThat(
        run.err(),
        hasItems(
            allOf(startsWith("Removed 1 data file of superseded"), containsString(SUPERSEDED)),
            allOf(
                startsWith("Removed 1 data file and 1 temporary folder of"),
                containsString(DEAD))));
    assertThat(
        LakeFolder.files(lake.resolve("song")).stream()
            .map(file -> file.getFileName().toString())
            .toList(),
        containsInAnyOrder(PERHAPS_ALIVE + shard, run.row().get("run_id").asText() + shard));
    assertThat(LakeFolder.files(rows), hasSize(3));
    assertThat(LakeFolder.files(lake.resolve("_tmp")), is(empty()));
  }

  @Test
  @LongProof
  void keepsOneSalt(@TempDir Path directory) throws Exception {
    Path salt = s3.bucket("salted").resolve("lake/_salt");
    String[] flags = {
      "--playlists=" + SampleCatalog.SUNSET,
      "--lake=s3://salted/lake",
      "--addedBy=hash",
      "--awsRegion=us-east-1",
      "--endpoint=" + s3.endpoint()
    };
    JarRun first = run(directory, s3.environment(), flags);
    assertThat(String.join("\n", first.err()), first.exitCode(), is(0));
    assertThat(first.err().get(0), containsString("made the salt"));
    String written = Files.readString(salt);
    assertThat(written.matches("[0-9a-f]{64}\n"), is(true));
    JarRun second = run(directory, s3.environment(), flags);
    assertThat(String.join("\n", second.err()), second.exitCode(), is(0));
    assertThat(second.err().get(0), startsWith("Published "));
    assertThat(Files.readString(salt), is(written));

    Files.writeString(salt, "pepper");
    JarRun third = run(directory, s3.environment(), flags);
    assertThat(third.exitCode(), is(7));
    assertThat(third.err(), contains(containsString("s3://salted/lake/_salt is no salt")));
    assertThat(Files.readString(salt), is("pepper"));
  }

  @Test
  @LongProof
  void tellsTheStatusOfARun(@TempDir Path directory) throws Exception {
    s3.bucket("asked");
    String[] place = {
      "--lake=s3://asked/lake", "--awsRegion=us-east-1", "--endpoint=" + s3.endpoint()
    };
    JarRun before = status(directory, s3.environment(), place);
    assertThat(String.join("\n", before.err()), before.exitCode(), is(8));
    assertThat(before.err(), contains(startsWith("No verdict: there is no run row of any --run ")));

    List<String> flags = new ArrayList<>(List.of(place));
    flags.add("--playlists=" + SampleCatalog.EMPTY + "," + SampleCatalog.KITCHEN);
    flags.add("--requestBudget=1");
    JarRun run = run(directory, s3.environment(), flags.toArray(new String[0]));
    assertThat(String.join("\n", run.err()), run.exitCode(), is(4));

    for (List<String> which :
        List.of(
            List.<String>of(),
            List.of("--ingestDate=" + run.row().get("ingest_date").asText()),
            List.of("--run=" + run.row().get("run_id").asText()))) {
      List<String> args = new ArrayList<>(List.of(place));
      args.addAll(which);
      args.add("--format=json");
      JarRun status = status(directory, s3.environment(), args.toArray(new String[0]));
      assertThat(String.join("\n", status.err()), status.exitCode(), is(4));
      assertThat(status.out(), is(run.out()));
      assertThat(status.err(), is(empty()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, it-secret, the bucket does not exist",
    "shut, wrong, these AWS credentials are wrong or lack s3:ListBucket",
  })
  void saysWhyAStatusCannotBeRead(String bucket, String secret, String why, @TempDir Path directory)
      throws Exception {
    s3.bucket("shut");
    JarRun status =
        status(
            directory,
            Map.of("AWS_ACCESS_KEY_ID", "it", "AWS_SECRET_ACCESS_KEY", secret),
            "--lake=s3://" + bucket + "/lake",
            "--run=20261120T060012Z-3f9c",
            "--ingestDate=2026-11-20",
            "--awsRegion=us-east-1",
            "--endpoint=" + s3.endpoint());
    assertThat(String.join("\n", status.err()), status.exitCode(), is(2));
    assertThat(
        status.err(),
        contains(startsWith("--lake: 's3://" + bucket + "/lake' cannot be read: " + why)));
  }

  private static JarRun status(Path directory, Map<String, String> environment, String... flags)
      throws Exception {
    List<String> args = new ArrayList<>(List.of("status"));
    args.addAll(List.of(flags));
    return JarRun.in(directory, environment, args.toArray(new String[0]));
  }

  private static void plant(Path object, Instant writtenAt) throws IOException {
    Files.createDirectories(object.resolveSibling("."));
    Files.writeString(object, "not looked into");
    Files.setLastModifiedTime(object, FileTime.from(writtenAt));
  }

  @Test
  void saysThatThereIsNoSuchBucket(@TempDir Path directory) throws Exception {
    long start = System.nanoTime();
    JarRun run =
        run(
            directory,
            s3.environment(),
            "--playlists=" + SampleCatalog.EMPTY,
            "--lake=s3://no-such-bucket/lake",
            "--awsRegion=us-east-1",
            "--endpoint=" + s3.endpoint());

    assertThat(String.join("\n", run.err()), run.exitCode(), is(2));
    assertThat(
        run.err(),
        contains(
            allOf(startsWith("--lake: "), endsWith("the bucket does not exist, create it first"))));
    assertThat(Duration.ofNanos(System.nanoTime() - start), is(lessThan(AT_ONCE)));
  }

  @Test
  void saysThatThereAreNoAwsCredentials(@TempDir Path directory) throws Exception {
    s3.bucket("closed");
    long start = System.nanoTime();
    JarRun run =
        run(
            directory,
            Map.of("AWS_EC2_METADATA_DISABLED", "true"),
            "--playlists=" + SampleCatalog.EMPTY,
            "--lake=s3://closed/lake",
            "--awsRegion=us-east-1",
            "--endpoint=" + s3.endpoint());

    assertThat(String.join("\n", run.err()), run.exitCode(), is(2));
    assertThat(
        run.err(),
        contains(startsWith("--lake: 's3://closed/lake' cannot be written: no AWS credentials: ")));
    assertThat(Duration.ofNanos(System.nanoTime() - start), is(lessThan(AT_ONCE)));
  }

  @Test
  void saysWhatIsWrongWithTheCredentials(@TempDir Path directory) throws Exception {
    s3.bucket("locked");
    JarRun run =
        run(
            directory,
            Map.of("AWS_ACCESS_KEY_ID", "it", "AWS_SECRET_ACCESS_KEY", "not-the-secret"),
            "--playlists=" + SampleCatalog.EMPTY,
            "--lake=s3://locked/lake",
            "--awsRegion=us-east-1",
            "--endpoint=" + s3.endpoint());

    assertThat(String.join("\n", run.err()), run.exitCode(), is(2));
    assertThat(
        run.err(),
        contains(
            allOf(
                startsWith("--lake: "),
                containsString("these AWS credentials are wrong"),
                not(containsString("not-the-secret")))));
  }

  private static JarRun run(Path directory, Map<String, String> environment, String... flags)
      throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.put("SPOTIFY_CLIENT_ID", "sample-client");
    all.put("SPOTIFY_CLIENT_SECRET", "sample-secret");
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--apiUrl=" + spotify.url());
    args.add("--accountsUrl=" + spotify.url());
    // One after the other: of two sightings of a song the later one counts.
    args.add("--requestConcurrency=1");
    // The sample's gaps.
    args.add("--maxRejected=3");
    return JarRun.in(directory, all, args.toArray(new String[0]));
  }

  /** A table's rows but for what differs from run to run, as text, in an order of their own. */
  private static List<String> rows(Path lake, LakeTable table) throws SQLException {
    String sql =
        "select cast(t as varchar) from (select columns(lambda c: c not in ('run_id', 'fetched_at',"
            + " 'items_read_at', 'detailed_at')) from read_parquet('"
            + lake.resolve(table.tableName())
            + "/*/*.parquet', hive_partitioning = true)) t order by 1";
    List<String> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
