package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, and what {@code status} says of them; all paths within the home folder. */
class StartRecordIT {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());
  private final Path home;

  StartRecordIT(@TempDir Path home) {
    this.home = home;
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void aKilledProcessIsToldFromALivingOne() throws Exception {
    try (JarRun.Started started = start()) {
      assertState("RUNNING", "is running, started at");
      started.process().destroyForcibly().waitFor();
      assertState("RUNNING_OR_DIED", "does not run any more");
    }
  }

  @Test
  void theSecondSignalLeavesItsExitCode() throws Exception {
    try (JarRun.Started started = start()) {
      started.process().destroy();
      while (!Files.readString(started.err()).contains("Stopping")) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertState("RUNNING", "is running, started at");
      started.process().destroy();
      assertThat(started.end().exitCode(), is(143));
      assertState("FAILED", "exit code 143");
    }
  }

  private JarRun.Started start() throws Exception {
    spotify.script("/v1/playlists/", Scripted.stall(Duration.ofMinutes(1)).then(asked::countDown));
    JobRun.credentials(home, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
    JobRun.write(home.resolve("list.csv"), "name,playlist_url\n#x," + SampleCatalog.CRATE + "\n");
    List<String> command =
        JarRun.java(
            "-cp", System.getProperty("java.class.path"), "dev.playlistlake.pipeline.PlaylistLake");
    command.addAll(
        List.of(
            "--playlists=~/list.csv",
            "--lake",
            "~/lake",
            "--credentials=file:~/credentials.env",
            "--apiUrl=" + spotify.url(),
            "--accountsUrl=" + spotify.url()));
    JarRun.Started started = JarRun.start(command, home, Map.of("HOME", home.toString()));
    if (!asked.await(1, TimeUnit.MINUTES)) {
      started.close();
      throw new AssertionError(Files.readString(started.err()));
    }
    return started;
  }

  private void assertState(String state, String words) {
    JobRun status = JobRun.of("status", "--lake=" + home.resolve("lake"), "--format=json");
    assertThat(status.err(), status.exitCode(), is(8));
    assertThat(status.row().get("status").asText(), is(state));
    assertThat(status.err(), containsString(words));
  }
}
