package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program's own process, killed by SIGKILL at a random moment of its work. {@code
 * -Dplaylistlake.kills=10} makes it ten deaths; {@code -Dplaylistlake.seed} repeats their moments.
 */
@LongProof
class KillIT {
  private static final String DAY = "2026-11-20";
  private static final int CONCURRENCY = 4;
  private static final int PLAYLISTS = 24;
  private static final int ITEMS = Subjects.ITEMS;

  private static final Duration LATENCY = Duration.ofMillis(80);

  private final GeneratedCatalog generated = GeneratedCatalog.of(7, PLAYLISTS, ITEMS, 600);
  private final MapCatalog catalog = new MapCatalog();
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(catalog, StandInOptions.defaults().withLatency(LATENCY));
  private final Path folder;

  KillIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void aKilledRunShowsNothingOfItselfAndTheNextOneAsksForTheRest() throws Exception {
    int kills = Integer.getInteger("playlistlake.kills", 1);
    long seed = Long.getLong("playlistlake.seed", System.nanoTime());
    Random random = new Random(seed);
    generated.playlistIds().forEach(id -> catalog.put(generated.playlist(id).orElseThrow()));
    Path base = folder.resolve("base");
    assertThat(Program.run(arguments(base)), is(0));
    Shown old = Shown.by(base);
    for (String id : catalog.playlistIds()) {
      catalog.edit(id, was -> was.withName("After").withItems(was.items().subList(1, ITEMS)));
    }
    Path undisturbed = LakeFolder.copy(base, folder.resolve("undisturbed"));
    Duration work = runToTheEnd(undisturbed);
    List<String> newData = Shown.by(undisturbed).data();
    int requests = Subjects.asked(spotify).size();
    Set<String> all = Subjects.paths(Subjects.asked(spotify));

    for (int kill = 0; kill < kills; kill++) {
      Path lake = LakeFolder.copy(base, folder.resolve("lake-" + kill));
      // A share of the work each, so that few kills hit different stages too.
      Duration moment =
          Duration.ofNanos((long) (work.toNanos() * (kill + random.nextDouble()) / kills));
      long killedAt = runAndKillAfter(moment, lake);
      List<LoggedRequest> before = Subjects.asked(spotify);
      Set<String> stored = Subjects.stored(lake);
      Shown shown = Shown.by(lake);
      boolean published = LakeFolder.of("run/", lake).size() > 1;

      runToTheEnd(lake);
      Set<String> after = Subjects.paths(Subjects.asked(spotify));
      Set<String> twice = Subjects.paths(before);
      twice.retainAll(after);
      Set<String> unfinished = Subjects.subjects(Subjects.paths(before));
      unfinished.removeAll(stored);
      Set<String> stillAsked =
          unfinished.stream()
              .filter(
                  subject ->
                      Subjects.answers(subject, before, killedAt) < Subjects.requestsOf(subject))
              .collect(Collectors.toSet());
      System.out.printf(
          Locale.ROOT,
          "kill %d of %d (seed %d) %d ms after the first request: %d of %d requests sent, %d"
              + " subjects being asked for, %d being stored, %d requests asked twice,%s published%n",
          kill + 1,
          kills,
          seed,
          moment.toMillis(),
          before.size(),
          requests,
          stillAsked.size(),
          unfinished.size() - stillAsked.size(),
          twice.size(),
          published ? "" : " not");

      if (published) {
        assertThat(shown.data(), is(newData));
      } else {
        assertThat(shown, is(old));
      }
      assertThat(Shown.by(lake).data(), is(newData));
      assertThat("of the run before, its row", LakeFolder.of(old.runs().get(0), lake), hasSize(1));
      assertThat("being asked for", stillAsked.size(), is(lessThanOrEqualTo(CONCURRENCY)));
      assertThat("asked twice", unfinished.containsAll(Subjects.subjects(twice)), is(true));
      Set<String> together = Subjects.paths(before);
      together.addAll(after);
      assertThat("asked in both", together, is(all));
    }
  }

  /** Returns the time from the first request to the end. */
  private Duration runToTheEnd(Path lake) throws IOException, InterruptedException {
    Process process = start(lake);
    assertThat(log(), process.waitFor(), is(0));
    long end = System.nanoTime();
    return Duration.ofNanos(
        Subjects.asked(spotify).stream()
            .mapToLong(request -> end - request.startNanos())
            .max()
            .orElse(0));
  }

  /** Returns the moment of death. */
  private long runAndKillAfter(Duration moment, Path lake)
      throws IOException, InterruptedException {
    Process process = start(lake);
    while (Subjects.asked(spotify).isEmpty()) {
      assertThat(log(), process.isAlive(), is(true));
      TimeUnit.MILLISECONDS.sleep(2);
    }
    if (process.waitFor(moment.toNanos(), TimeUnit.NANOSECONDS)) {
      assertThat(log(), process.exitValue(), is(0));
    }
    long killedAt = System.nanoTime();
    process.destroyForcibly().waitFor();
    // What was sent before arrives, and is answered, a little later.
    TimeUnit.MILLISECONDS.sleep(2 * LATENCY.toMillis());
    return killedAt;
  }

  private Process start(Path lake) throws IOException {
    spotify.clearLog();
    List<String> command =
        JarRun.java(
            "-cp", System.getProperty("java.class.path"), "dev.playlistlake.pipeline.PlaylistLake");
    command.addAll(List.of(arguments(lake)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private String[] arguments(Path lake) {
    return new String[] {
      "--playlists=" + String.join(",", catalog.playlistIds()),
      "--lake=" + lake,
      "--ingestDate=" + DAY,
      "--requestConcurrency=" + CONCURRENCY,
      "--apiUrl=" + spotify.url(),
      "--accountsUrl=" + spotify.url(),
      "--credentials=sample"
    };
  }

  /** What the last process said. */
  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
