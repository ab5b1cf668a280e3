package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.FileSystems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room: exit code 7, one line, nothing that readers would take for data. */
class FullDiskTest {
  private static final String LIST =
      "--playlists=" + String.join(",", SampleCatalog.playlistEntries());

  private final Path folder;

  FullDiskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Wherever it may be mounted: a disk of our own that is too small for a run. */
  @Test
  void itIsFullBeforeOrDuringTheRun() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()));
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      Path credentials = JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
      String lake = disk.resolve("lake").toString();
      noRoom(JobRun.into(spotify, credentials, lake, LIST));
      assertThat("it got as far as asking", spotify.apiRequests() > 0, is(true));

      spotify.clearLog();
      run("rm", "-r", lake);
      fill(disk.resolve("other"));
      noRoom(JobRun.into(spotify, credentials, lake, LIST));
      assertThat(spotify.requests(), is(empty()));
      assertThat(Files.exists(Path.of(lake)), is(false));
    } finally {
      run("umount", disk.toString());
    }
  }

  private static void noRoom(JobRun run) {
    assertThat(run.err(), run.exitCode(), is(7));
    assertThat(run.out(), is(""));
    assertThat(run.errLines(), hasSize(1));
    assertThat(run.err(), containsString("No space left on device"));
    assertThat(run.err(), not(containsString("\tat ")));
    assertThat(run.files().stream().filter(FullDiskTest::isTable).toList(), is(empty()));
  }

  private static boolean isTable(Path file) {
    return file.toString().endsWith(".parquet");
  }

  /** The same on any machine: a file system that takes nothing. */
  @Test
  void aStorageThatTakesNothingFailsTheRun() throws Exception {
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      JobFlags flags =
          Program.flags(
              LIST,
              "--lake=" + folder.resolve("lake"),
              "--apiUrl=" + spotify.url(),
              "--accountsUrl=" + spotify.url(),
              "--credentials=sample");
      FileSystems.setDefaultPipelineOptions(flags.options());
      LakeJob job = LakeJobFactory.create(flags, Surroundings.usual());
      LakeRun run = LakeRun.of(flags.options(), onFullDisk(job));
      LakeException e = assertThrows(LakeException.class, run::toTheEnd);
      assertThat(e.getMessage(), containsString("IOException: No space left on device"));
    }
  }

  private static LakeJob onFullDisk(LakeJob job) {
    RunFacts facts = job.facts();
    LakeLayout layout = facts.layout();
    LakeLayout full =
        new LakeLayout(FullFileSystem.SCHEME + "://lake", layout.ingestDate(), layout.runId());
    return new LakeJob(
        job.entries(),
        job.mine(),
        job.spotify(),
        RawDay.of(full),
        job.enrichment(),
        job.refreshPolicy(),
        job.dayBefore(),
        new RunFacts(
            full,
            facts.filesPerTable(),
            facts.startedAt(),
            facts.runner(),
            facts.version(),
            facts.allowGone(),
            facts.config()),
        job.maxRejected(),
        job.okExitCodes());
  }

  private static void fill(Path file) throws IOException {
    try {
      Files.write(file, new byte[1024 * 1024]);
    } catch (IOException e) {
      // Until there is no room: that is what was wanted.
      assertThat(e.getMessage(), containsString("No space left"));
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
