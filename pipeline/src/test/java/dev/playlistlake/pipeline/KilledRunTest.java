package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.CleanUp;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at any of its changes to the lake: the views show the old rows or the new
 * ones, and what it leaves behind goes. {@code -Dplaylistlake.everyChange=1} takes every change,
 * not every fourth.
 */
class KilledRunTest {
  private static final String DAY = "2026-11-20";

  /** A change of a run that has written some of its tables. */
  private static final int MIDWAY = 25;

  /** One after the other is killed at; 1 takes all. */
  private static final int EVERY = Integer.getInteger("playlistlake.everyChange", 4);

  /** A whole run takes its time: not each lake gets one. */
  private static final int HEAL_EVERY = 5;

  private static final int TABLES = 7;

  private final Instant now = Instant.now();
  private final Path folder;
  private final PlaylistData before;
  private final MapCatalog catalog = new MapCatalog();
  private final SpotifyStandIn spotify;
  private final PrintStream err = System.err;

  KilledRunTest(@TempDir Path folder) {
    this.folder = folder;
    GeneratedCatalog generated = GeneratedCatalog.of(7, 1, 4, 4);
    before = generated.playlist(generated.playlistIds().get(0)).orElseThrow();
    spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());
  }

  /** The runner logs every death, with its trace. */
  @BeforeEach
  void muteStderr() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    System.setErr(err);
    spotify.close();
  }

  @Test
  void showsTheOldRowsOrTheNewOnes() throws Exception {
    catalog.put(before);
    Path base = lakeWithLeftovers();
    Shown old = Shown.by(base);
    catalog.put(before.withName("After").withItems(before.items().subList(1, 4)));
    Path undisturbed = folder.resolve("undisturbed");
    runAt(now, undisturbed.toString());
    List<String> newData = Shown.by(undisturbed).data();

    int sawOld = 0;
    int sawNew = 0;
    boolean killed = true;
    for (int change = 1; killed; change += EVERY) {
      Path lake = LakeFolder.copy(base, folder.resolve("lake-" + change));
      killed = isKilledAt(change, lake);

      String at = "killed at change " + change;
      Shown after = Shown.by(lake);
      if (rows(lake).size() > rows(base).size()) {
        sawNew++;
        assertThat(at, after.data(), is(newData));
      } else {
        sawOld++;
        assertThat(at, after, is(old));
      }
      CleanUp.before(twoDaysLater(lake));
      assertThat(at + ", cleaned up", assertOneRunsFiles(at, lake), is(after));
      if (change % HEAL_EVERY == 0) {
        runAt(now.plus(Duration.ofDays(2)), lake.toString());
        assertThat(at + ", run again", assertOneRunsFiles(at, lake).data(), is(newData));
      }
    }
    assertThat("deaths before the commit", sawOld, is(greaterThan(25 / EVERY)));
    assertThat("deaths after the commit", sawNew, is(greaterThan(5 / EVERY)));
  }

  /** The next run alone does it all: nobody has cleaned up before. */
  @Test
  void isHealedByTheNextRun() throws Exception {
    catalog.put(before);
    Path lake = lakeWithLeftovers();
    assertThat(LakeFolder.data(lake), hasSize(greaterThan(10)));

    runAt(now, lake.toString());

    assertOneRunsFiles("run again", lake);
  }

  /**
   * A lake of a published run beside what two others left: one that was removed but for a file, and
   * one that died two days ago.
   */
  private Path lakeWithLeftovers() throws IOException {
    Path lake = folder.resolve("base");
    String superseded = runAt(now.minus(Duration.ofDays(4)), lake.toString());
    Path song = lake.resolve(LakeFolder.of(superseded, lake).get(6));
    byte[] notYetRemoved = Files.readAllBytes(song);
    runAt(now.minus(Duration.ofDays(3)), lake.toString());
    Files.write(song, notYetRemoved);

    Instant death = now.minus(Duration.ofDays(2));
    List<String> survivors = LakeFolder.data(lake);
    try {
      runAt(death, DyingFileSystem.lake(lake, MIDWAY));
      throw new AssertionError("there is no change " + MIDWAY);
    } catch (DyingFileSystem.Killed e) {
      List<String> left =
          LakeFolder.data(lake).stream().filter(file -> !survivors.contains(file)).toList();
      assertThat(left, is(not(empty())));
      for (String file : left) {
        LakeFolder.age(lake.resolve(file), death);
      }
      LakeFolder.age(lake.resolve("_tmp"), death);
    }
    return lake;
  }

  private boolean isKilledAt(int change, Path lake) {
    try {
      runAt(now, DyingFileSystem.lake(lake, change));
      return false;
    } catch (DyingFileSystem.Killed e) {
      return true;
    }
  }

  private static Shown assertOneRunsFiles(String when, Path lake) throws IOException, SQLException {
    Shown shown = Shown.by(lake);
    assertThat(when, shown.runs(), hasSize(1));
    List<String> data = LakeFolder.data(lake);
    assertThat(when, data, hasSize(TABLES));
    assertThat(when, data, everyItem(containsString(shown.runs().get(0))));
    assertThat(when, Files.exists(lake.resolve("_tmp")), is(false));
    return shown;
  }

  private static List<String> rows(Path lake) throws IOException {
    return LakeFolder.of("run/ingest_date=", lake);
  }

  private RunFacts twoDaysLater(Path lake) {
    return new RunFacts(
        new LakeLayout(lake.toString(), DAY, "not yet"),
        1,
        now.plus(Duration.ofDays(2)),
        "DirectRunner",
        "1",
        false,
        "{}");
  }

  /** Runs the program as if it were that time; returns the run's id. */
  private String runAt(Instant time, String lake) {
    return Program.runAt(
            Clock.fixed(time, ZoneOffset.UTC),
            "--playlists=" + before.id(),
            "--lake=" + lake,
            "--ingestDate=" + DAY,
            "--maxAge=0",
            "--targetParallelism=1",
            "--apiUrl=" + spotify.url(),
            "--accountsUrl=" + spotify.url(),
            "--credentials=sample")
        .runId();
  }
}
