package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one day at once: both are right, and the views show one. */
class TwoRunsTest {
  private static final String DAY = "2026-11-20";
  private static final String NEXT_DAY = "2026-11-21";
  private static final int TABLES = 7;

  private final GeneratedCatalog catalog = GeneratedCatalog.of(7, 5, 120, 60);
  private final SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream err = System.err;
  private final Path lake;
  private final Path loneLake;

  TwoRunsTest(@TempDir Path folder) {
    this.lake = folder.resolve("lake");
    this.loneLake = folder.resolve("lone");
  }

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(err);
    threads.shutdownNow();
    spotify.close();
  }

  @Test
  void startedTogetherBothPublish() throws Exception {
    Future<Integer> one = threads.submit(() -> run(lake, DAY));
    Future<Integer> other = threads.submit(() -> run(lake, DAY));

    assertThat(said(), one.get(), is(0));
    assertThat(said(), other.get(), is(0));
    assertThat(LakeFolder.of("run/", lake), hasSize(2));
    assertShowsOneRunAsIfItHadBeenAlone();
    run(lake, NEXT_DAY);
    assertThat(dataOf(DAY), hasSize(TABLES));
  }

  @Test
  void theOneThatCommitsAfterALaterOneSaysThatItDoesNotCount() throws Exception {
    CountDownLatch earlierAsks = new CountDownLatch(1);
    CountDownLatch laterHasEnded = new CountDownLatch(1);
    spotify.script(
        "/playlists/",
        Scripted.normal()
            .then(
                () -> {
                  earlierAsks.countDown();
                  await(laterHasEnded);
                }));
    Future<Integer> earlier = threads.submit(() -> run(lake, DAY));
    await(earlierAsks);
    JobRun.awaitNextSecond();
    int exitCodeOfLater = run(lake, DAY);
    String later = LakeFolder.of("run/", lake).get(0).replaceAll(".*/|\\.parquet", "");
    laterHasEnded.countDown();

    assertThat(said(), exitCodeOfLater, is(0));
    assertThat(said(), earlier.get(), is(0));
    assertThat(
        said(),
        containsString(
            "A later run, "
                + later
                + ", has published this day already; it counts, and nothing is"
                + " removed."));
    assertShowsOneRunAsIfItHadBeenAlone();
    assertThat(Shown.by(lake).runs(), contains(later));
    assertThat(LakeFolder.data(lake), hasSize(2 * TABLES));

    run(lake, NEXT_DAY);

    assertThat(said(), containsString("Removed 7 data files of superseded runs: "));
    assertThat(dataOf(DAY), everyItem(containsString(later)));
    assertThat(dataOf(DAY), hasSize(TABLES));
  }

  private void assertShowsOneRunAsIfItHadBeenAlone() throws SQLException {
    Shown shown = Shown.by(lake);
    assertThat(shown.runs(), hasSize(1));
    assertThat(said(), run(loneLake, DAY), is(0));
    assertThat(shown.data(), is(Shown.by(loneLake).data()));
  }

  private List<String> dataOf(String day) throws IOException {
    return LakeFolder.data(lake).stream().filter(file -> file.contains(day)).toList();
  }

  private int run(Path into, String day) {
    return Program.run(
        "--playlists=" + String.join(",", catalog.playlistIds()),
        "--lake=" + into,
        "--ingestDate=" + day,
        "--apiUrl=" + spotify.url(),
        "--accountsUrl=" + spotify.url(),
        "--credentials=sample");
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("waited for a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
