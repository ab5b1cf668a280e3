package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spotify gives a new refresh token at every sign-in and ends the old one; both stages sign in. */
class ReplacedTokenTest {
  private static final String LIST = "--playlists=" + SampleCatalog.SUNSET;

  /** A new one each time: what this process knows of replaced tokens outlives a test. */
  private final String refreshToken = "refresh-" + UUID.randomUUID();

  private final Path folder;

  ReplacedTokenTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theFileHoldsTheNewestForTheNextRun() throws IOException {
    Path file = JobRun.secret(folder.resolve("spotify.env"), lines(refreshToken));
    try (SpotifyStandIn spotify = start()) {
      JobRun run = run(spotify, file);
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(warnings(run), is(empty()));
      assertThat(signIns(spotify), contains(200, 200));
      assertThat(Files.readString(file), is(lines(refreshToken + "-2")));

      JobRun next = run(spotify, file, "--maxAge=0");
      assertThat(next.err(), next.exitCode(), is(0));
      assertThat(Files.readString(file), is(lines(refreshToken + "-4")));
      assertThat(next.err() + next.out(), not(containsString(refreshToken)));
    }
  }

  /** No room for a name aside: what a folder without write permission is to others than root. */
  @Test
  void aFileThatCannotBeRewrittenIsSaidLoudlyAndTheRunGoesOn() throws IOException {
    Path file = JobRun.secret(folder.resolve("x".repeat(255)), lines(refreshToken));
    try (SpotifyStandIn spotify = start()) {
      JobRun run = run(spotify, file);
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(
          warnings(run),
          contains(
              startsWith(
                  "Spotify replaced the refresh token during this run: the one in "
                      + file
                      + " no longer works, and the file could not be rewritten (")));
      assertThat(signIns(spotify), contains(200, 200));
      assertThat(Files.readString(file), is(lines(refreshToken)));
      assertThat(run.err() + run.out(), not(containsString(refreshToken)));
    }
  }

  /** Whatever becomes of the run after the sign-in: here its lake cannot be written any more. */
  @Test
  void aRunThatFailsSaysItToo() throws IOException {
    Path file = JobRun.secret(folder.resolve("x".repeat(255)), lines(refreshToken));
    Path lake = folder.resolve("lake");
    try (SpotifyStandIn spotify = start()) {
      spotify.script(
          "/v1/playlists/",
          Scripted.normal()
              .then(() -> JobRun.write(lake.resolve("song"), "a file in a folder's place")));
      JobRun run = run(spotify, file);
      assertThat(run.err(), run.exitCode(), is(7));
      assertThat(warnings(run), hasSize(1));
    }
  }

  @Test
  void aFileThatOthersMayReadIsWarnedOfOnceARun() throws IOException {
    Path file = JobRun.secret(folder.resolve("spotify.env"), lines(refreshToken));
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(
            SampleCatalog.create(), StandInOptions.defaults().withRefreshToken(refreshToken))) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      String warning =
          "The credentials file " + file + " is open to others than its owner: chmod 600 " + file;
      assertThat(warnings(run(spotify, file)), contains(warning));
      assertThat(signIns(spotify), hasSize(2));
      assertThat(warnings(run(spotify, file, "--maxAge=0")), contains(warning));
    }
  }

  private JobRun run(SpotifyStandIn spotify, Path file, String... more) {
    return more.length == 0
        ? JobRun.into(spotify, file, folder.resolve("lake").toString(), LIST)
        : JobRun.into(spotify, file, folder.resolve("lake").toString(), LIST, more[0]);
  }

  /** What stands below the summary and its query. */
  private static List<String> warnings(JobRun run) {
    return run.errLines().stream()
        .filter(line -> line.contains("token") || line.contains("credentials"))
        .toList();
  }

  private static List<Integer> signIns(SpotifyStandIn spotify) {
    return spotify.requests().stream()
        .filter(LoggedRequest::isToken)
        .map(LoggedRequest::status)
        .toList();
  }

  private SpotifyStandIn start() {
    return SpotifyStandIn.start(
        SampleCatalog.create(),
        StandInOptions.defaults().withRefreshToken(refreshToken).withRotateRefreshTokens(true));
  }

  private static String lines(String token) {
    return "SPOTIFY_CLIENT_ID="
        + JobRun.CLIENT_ID
        + "\n# the user's\nSPOTIFY_REFRESH_TOKEN='"
        + token
        + "'\nSPOTIFY_CLIENT_SECRET="
        + JobRun.CLIENT_SECRET
        + "\n";
  }
}
