package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.DyingFileSystem.Change;
import dev.playlistlake.pipeline.DyingFileSystem.What;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves: what was not forced to the disk may be empty, or have its old name. So
 * all data is forced before the row that makes it count, and the row before anything is removed.
 */
class DurabilityTest {
  private static final String LIST = "--playlists=" + SampleCatalog.SUNSET + ",";

  @Test
  void everythingIsForcedBeforeWhatDependsOnIt(@TempDir Path folder) throws Exception {
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      Path credentials = JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
      Path lake = folder.resolve("lake");
      JobRun first = JobRun.into(spotify, credentials, lake.toString(), LIST);
      assertThat(first.err(), first.exitCode(), is(0));

      String watched = DyingFileSystem.lake(lake, Integer.MAX_VALUE);
      JobRun second = JobRun.into(spotify, credentials, watched, LIST, "--maxAge=0");
      assertThat(second.err(), second.exitCode(), is(0));

      List<Change> changes = DyingFileSystem.changes(watched);
      List<Integer> published = published(changes, "");
      int row = published(changes, "/run/").get(0);
      assertThat("seven tables and the row", published, hasSize(8));
      assertThat("the row is the last", published.get(7), is(row));
      for (int rename : published) {
        assertForcedBefore(changes, rename);
        int folders = lastFolderForced(changes, rename, lake);
        assertThat(
            "data before the row", folders, rename == row ? greaterThan(row) : lessThan(row));
      }
      List<Integer> removed =
          IntStream.range(0, changes.size())
              .filter(
                  i ->
                      changes.get(i).what() == What.DELETE
                          && changes.get(i).path().endsWith(".parquet"))
              .boxed()
              .toList();
      assertThat("the superseded run's files", removed, hasSize(7));
      for (int removal : removed) {
        assertThat(removal, is(greaterThan(lastFolderForced(changes, row, lake))));
      }
    }
  }

  /** Where Parquet files got their names. */
  private static List<Integer> published(List<Change> changes, String within) {
    return IntStream.range(0, changes.size())
        .filter(
            i -> {
              String path = changes.get(i).path();
              return changes.get(i).what() == What.RENAME
                  && path.endsWith(".parquet")
                  && path.contains(within);
            })
        .boxed()
        .toList();
  }

  /** The file's bytes, under the name that it had before. */
  private static void assertForcedBefore(List<Change> changes, int rename) {
    String before = changes.get(rename - 1).path();
    int written = changes.indexOf(new Change(What.WRITE, before));
    int forced = changes.indexOf(new Change(What.FORCE, before));
    assertThat(before, written, is(greaterThanOrEqualTo(0)));
    assertThat(before, forced, is(greaterThan(written)));
    assertThat(before, forced, is(lessThan(rename)));
  }

  /** The name, and those of the folders above it up to the lake's. */
  private static int lastFolderForced(List<Change> changes, int rename, Path lake) {
    int last = rename;
    for (Path folder = Path.of(changes.get(rename).path()).getParent();
        folder != null && folder.startsWith(lake);
        folder = folder.getParent()) {
      String path = folder.toString();
      int forced =
          IntStream.range(rename, changes.size())
              .filter(
                  i ->
                      changes.get(i).what() == What.FORCE
                          && Path.of(changes.get(i).path()).toString().equals(path))
              .findFirst()
              .orElse(-1);
      assertThat(path + " is forced after " + changes.get(rename), forced, is(greaterThan(rename)));
      last = Math.max(last, forced);
    }
    return last;
  }
}
