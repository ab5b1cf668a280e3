package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
