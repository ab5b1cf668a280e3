package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Spotify lets nobody in: exit code 5, what to do, and no row but the run's. */
class SignInTest {
  private static final String LIST = "--playlists=" + SampleCatalog.EMPTY;

  private final Path folder;

  SignInTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void noCredentialsFile() {
    notAuthorised(folder.resolve("none"), "missing_credentials", "Set SPOTIFY_CLIENT_ID and", 0);
  }

  @Test
  void halfOfTheCredentials() {
    Path file = JobRun.secret(folder.resolve("half.env"), "SPOTIFY_CLIENT_ID=sample-client");
    notAuthorised(
        file,
        "missing_credentials",
        "there are no credentials in file:%s (SPOTIFY_CLIENT_SECRET is not set in %s). Set "
            .formatted(file, file),
        0);
  }

  @Test
  void wrongSecret() {
    Path file = JobRun.credentials(folder, JobRun.CLIENT_ID, "wr0ng-s3cret");
    JobRun run = notAuthorised(file, "invalid_client", "Compare file:" + file, 1);
    assertThat(run.err() + run.out(), not(containsString("wr0ng-s3cret")));
  }

  @Test
  void deadRefreshToken() throws IOException {
    Path file =
        JobRun.credentials(
            folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET, "SPOTIFY_REFRESH_TOKEN=dead-t0ken");
    JobRun run =
        notAuthorised(
            file,
            "invalid_grant",
            "Run login --credentials=file:"
                + file
                + " again (with --liked if Liked Songs are read); the old one was not deleted.",
            1);
    assertThat(run.err() + run.out(), not(containsString("dead-t0ken")));
    assertThat(Files.readString(file), containsString("SPOTIFY_REFRESH_TOKEN=dead-t0ken"));
  }

  /** No graph is built for it: the lake has the run's row and no other folder. */
  @ParameterizedTest
  @CsvSource({"me, none", "liked, none", "me, app", "an id, none"})
  void whatIsMissingIsFoundBeforeTheGraph(String list, String held) throws IOException {
    Path file = folder.resolve("none");
    if (held.equals("app")) {
      file = JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
    }
    try (SpotifyStandIn spotify = start()) {
      Path lake = folder.resolve("lake");
      boolean library = !list.equals("an id");
      String playlists = library ? "--playlists=" + list : LIST;
      JobRun run = JobRun.into(spotify, file, lake.toString(), playlists);
      assertThat(run.err(), run.exitCode(), is(5));
      assertThat(run.errLines(), hasSize(1));
      assertThat(run.err(), containsString("login"));
      assertThat(run.err().contains("Set SPOTIFY_CLIENT_ID"), is(!library));
      assertThat(
          run.row().get("stopped_by").asText(),
          is(held.equals("app") ? "missing_user" : "missing_credentials"));
      assertThat(run.row().get("playlists_listed").asInt(), is(library ? 0 : 1));
      try (Stream<Path> folders = Files.list(lake)) {
        assertThat(folders.map(Path::getFileName).map(Path::toString).toList(), contains("run"));
      }
    }
  }

  @Test
  void noCredentialsAreNeededForWhatIsStored() {
    try (SpotifyStandIn spotify = start()) {
      JobRun before = JobRun.against(spotify, folder, LIST);
      assertThat(before.err(), before.exitCode(), is(0));
      String lake = folder.resolve("lake").toString();
      JobRun again = JobRun.into(spotify, folder.resolve("none"), lake, LIST);
      assertThat(again.err(), again.exitCode(), is(0));
      JobRun fetching = JobRun.into(spotify, folder.resolve("none"), lake, LIST, "--maxAge=0");
      assertThat(fetching.err(), fetching.exitCode(), is(5));
      JobRun nothing =
          JobRun.into(
              spotify,
              folder.resolve("none"),
              lake,
              "--playlists=" + SampleCatalog.SUNSET,
              "--requestBudget=0");
      assertThat(nothing.err(), nothing.exitCode(), is(4));
    }
  }

  @Test
  void aProxyThatIsSetWronglyIsAMistakeInTheCall() {
    Path file = JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
    System.setProperty("http.proxyHost", "user:s3cret@proxy");
    try (SpotifyStandIn spotify = start()) {
      String lake = folder.resolve("lake").toString();
      JobRun run =
          JobRun.of(
              LIST,
              "--lake=" + lake,
              "--credentials=file:" + file,
              "--apiUrl=http://api.test",
              "--accountsUrl=" + spotify.url());
      assertThat(run.err(), run.exitCode(), is(2));
      assertThat(run.err(), allOf(containsString("proxyHost"), not(containsString("s3cret"))));
      // This machine is reached without it.
      JobRun direct = JobRun.into(spotify, file, lake, LIST);
      assertThat(direct.err(), direct.exitCode(), is(0));
    } finally {
      System.clearProperty("http.proxyHost");
    }
  }

  /** The AWS SDK looks for credentials in the system properties too, and nowhere far away. */
  @Test
  void noAwsCredentialsForTheSecret() {
    String reference =
        "secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:spotify-AbCdEf";
    System.setProperty("aws.disableEc2Metadata", "true");
    System.setProperty("aws.configFile", folder.resolve("none").toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("none").toString());
    assumeTrue(
        System.getenv().keySet().stream()
            .noneMatch(name -> name.matches("AWS_(ACCESS_KEY_ID|PROFILE|WEB_ID.*|CONTAINER_.*)")),
        "AWS credentials are in the environment");
    try {
      notAuthorised(
          reference,
          "missing_credentials",
          "there are no credentials in " + reference + " (no AWS credentials: set AWS_ACCESS_KEY",
          0);
    } finally {
      System.clearProperty("aws.disableEc2Metadata");
      System.clearProperty("aws.configFile");
      System.clearProperty("aws.sharedCredentialsFile");
    }
  }

  @Test
  void nothingInTheEnvironment() {
    assumeTrue(System.getenv("SPOTIFY_CLIENT_ID") == null, "SPOTIFY_CLIENT_ID is set");
    notAuthorised(
        "env",
        "missing_credentials",
        "there are no credentials in the environment (SPOTIFY_CLIENT_ID is not set in the"
            + " environment). Set SPOTIFY_CLIENT_ID and",
        0);
  }

  @Test
  void aTokenThatIsRefusedAtOnce() {
    Path file = JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
    try (SpotifyStandIn spotify = start()) {
      spotify.scriptAlways("/v1/", Scripted.status(401, "{\"error\":{\"status\":401}}"));
      JobRun run = JobRun.into(spotify, file, folder.resolve("lake").toString(), LIST);
      assertThat(run.err(), run.exitCode(), is(5));
      assertThat(run.dataFiles(), is(empty()));
      // With pauses: good tokens are refused for seconds now and then.
      assertThat(spotify.apiRequests(), is(5));
    }
  }

  /** The lake has a day already: it stays as it is. */
  @Test
  void nothingOfThePublishedDayIsHarmed() {
    try (SpotifyStandIn spotify = start()) {
      JobRun before = JobRun.against(spotify, folder, LIST);
      assertThat(before.err(), before.exitCode(), is(0));
      Path wrong = JobRun.credentials(folder, JobRun.CLIENT_ID, "wrong");
      JobRun run =
          JobRun.into(spotify, wrong, folder.resolve("lake").toString(), LIST, "--maxAge=0");
      assertThat(run.err(), run.exitCode(), is(5));
      assertThat(run.dataFiles(), is(before.dataFiles()));
      assertThat(run.rows(LakeTable.RUN), hasSize(2));
    }
  }

  private JobRun notAuthorised(Path file, String code, String advice, int tokenRequests) {
    return notAuthorised("file:" + file, code, advice, tokenRequests);
  }

  private JobRun notAuthorised(String credentials, String code, String advice, int tokenRequests) {
    try (SpotifyStandIn spotify = start()) {
      JobRun run = JobRun.with(spotify, credentials, folder.resolve("lake").toString(), LIST);
      assertThat(run.err(), run.exitCode(), is(5));
      assertThat(
          run.err(),
          allOf(
              containsString("Not authorised, nothing is published"),
              containsString(advice),
              not(containsString("\tat "))));
      assertThat(run.errLines(), hasSize(1));
      assertThat(run.row().get("status").asText(), is("NOT_AUTHORISED"));
      assertThat(run.row().get("stopped_by").asText(), is(code));
      assertThat(run.row().get("playlist_rows").asInt(), is(0));
      assertThat(run.dataFiles(), is(empty()));
      assertThat(run.rows(LakeTable.RUN), hasSize(1));
      assertThat(spotify.apiRequests(), is(0));
      assertThat(spotify.requests(), hasSize(tokenRequests));
      return run;
    }
  }

  private static SpotifyStandIn start() {
    return SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());
  }
}
