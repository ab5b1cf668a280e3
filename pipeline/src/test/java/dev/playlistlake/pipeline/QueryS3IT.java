package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code query} on a lake on S3, over the wire: only what a statement needs is fetched. */
class QueryS3IT {
  private static final List<String> DAYS =
      List.of("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20");
  private static final String UNPUBLISHED = "20261120T235959Z-dead";

  private static S3Proxy s3;
  private static Path objects;

  /** Four days of one run: what differs between days does not matter here. */
  @BeforeAll
  static void fill(@TempDir Path folder) throws Exception {
    s3 = S3Proxy.start(folder);
    Path once = Files.createDirectories(folder.resolve("once"));
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      JobRun run =
          JobRun.against(
              spotify, once, "--playlists=" + SampleCatalog.KITCHEN + "," + SampleCatalog.SUNSET);
      assertThat(run.err(), run.exitCode(), is(0));
      objects = s3.bucket("lakes").resolve("mine");
      for (Path file : LakeFolder.files(run.lake())) {
        if (file.toString().endsWith(".parquet")) {
          for (String day : DAYS) {
            Path name = run.lake().relativize(file);
            Path copy =
                objects
                    .resolve(name.getName(0))
                    .resolve("ingest_date=" + day)
                    .resolve(name.getFileName());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
          }
        }
      }
    }
    Files.writeString(
        objects.resolve("song/ingest_date=2026-11-20/" + UNPUBLISHED + "-00000-of-00001.parquet"),
        "of a run that died");
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  private static JarRun query(Path directory, String... flags) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of("query", "--cache=" + directory.resolve("cache"), "--awsRegion=us-east-1"));
    for (String flag : List.of("--lake=s3://lakes/mine/", "--endpoint=" + s3.endpoint())) {
      String name = flag.substring(0, flag.indexOf('=') + 1);
      if (Stream.of(flags).noneMatch(given -> given.startsWith(name))) {
        args.add(flag);
      }
    }
    args.addAll(List.of(flags));
    return JarRun.in(directory, s3.environment(), args.toArray(new String[0]));
  }

  private static String local(String... flags) {
    List<String> args = new ArrayList<>(List.of("query", "--lake=" + objects));
    args.addAll(List.of(flags));
    JobRun query = JobRun.of(args.toArray(new String[0]));
    assertThat(query.err(), query.exitCode(), is(0));
    return query.out().strip();
  }

  private static long cached(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("cache/files"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aQuestionAboutOneDayFetchesThatDayOnce(@TempDir Path directory) throws Exception {
    String sql = "--sql=SELECT count(*), min(name) FROM song WHERE ingest_date = '2026-11-18'";
    JarRun first = query(directory, sql);
    assertThat(String.join("\n", first.err()), first.exitCode(), is(0));
    assertThat(String.join("\n", first.out()), is(local(sql)));
    assertThat(first.err(), hasItem(startsWith("Fetching 1 file of song")));
    assertThat(cached(directory), is(DAYS.size() + 1L));
    JarRun again = query(directory, sql);
    assertThat(again.out(), is(first.out()));
    assertThat(again.err(), is(empty()));
    assertThat(cached(directory), is(DAYS.size() + 1L));
    try (Stream<Path> left = Files.list(directory.resolve("cache/sessions"))) {
      assertThat(left.toList(), is(empty()));
    }
  }

  @Test
  void theNewestDayAndReportsAboutADayNeedNoOther(@TempDir Path directory) throws Exception {
    String latest = "--sql=SELECT count(*) FROM latest_song";
    assertThat(String.join("\n", query(directory, latest).out()), is(local(latest)));
    assertThat(cached(directory), is(DAYS.size() + 1L));
    JarRun report = query(directory, "--report=top_artists", "--param=as_of=2026-11-18");
    assertThat(String.join("\n", report.err()), report.exitCode(), is(0));
    assertThat(
        String.join("\n", report.out()),
        is(local("--report=top_artists", "--param=as_of=2026-11-18")));
    assertThat(
        report.err().stream().filter(line -> line.contains("Fetching")).toList(),
        not(hasItem(containsString("Fetching 2 "))));
  }

  @Test
  void aQuestionAboutAllDaysFetchesThoseThatCount(@TempDir Path directory) throws Exception {
    String sql = "--sql=SELECT ingest_date, count(*) FROM song GROUP BY 1 ORDER BY 1";
    assertThat(String.join("\n", query(directory, sql).out()), is(local(sql)));
    assertThat(cached(directory), is(2L * DAYS.size()));
  }

  @Test
  void aQuestionAboutNothingFetchesNothing(@TempDir Path directory) throws Exception {
    assertThat(query(directory, "--sql=SELECT 1").exitCode(), is(0));
    assertThat(cached(directory), is(0L));
  }

  @Test
  void aHostNameIsAnEndpointToo(@TempDir Path directory) throws Exception {
    String byName = "--endpoint=" + s3.endpoint().replace("127.0.0.1", "localhost");
    JarRun query = query(directory, byName, "--sql=SELECT count(*) FROM latest_playlist");
    assertThat(String.join("\n", query.err()), query.exitCode(), is(0));
  }

  @Test
  void whatIsWrongIsSaidByItsFlag(@TempDir Path directory) throws Exception {
    for (String endpoint : List.of("http://localhost:1", "http://no-such-host.invalid:9000")) {
      JarRun query = query(directory, "--endpoint=" + endpoint, "--sql=FROM song");
      assertThat(query.exitCode(), is(2));
      assertThat(query.err(), hasItem(containsString("--endpoint")));
    }
    s3.bucket("empty");
    JarRun noLake = query(directory, "--lake=s3://empty/x", "--sql=FROM song");
    assertThat(noLake.exitCode(), is(2));
  }
}
