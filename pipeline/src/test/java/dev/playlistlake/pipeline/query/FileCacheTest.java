package dev.playlistlake.pipeline.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
  private final List<String> downloads = new ArrayList<>();

  private void put(FileCache cache, String name, Path place) throws IOException {
    cache.put(
        name,
        place,
        file -> {
          downloads.add(name);
          Files.writeString(file, name.repeat(100));
        });
  }

  @Test
  void aFileIsFetchedOnceAndOnlyItsUserMayReadIt(@TempDir Path folder) throws IOException {
    Path root = folder.resolve("cache");
    FileCache cache = new FileCache(root, 1_000);
    Path session = cache.newSession();
    put(cache, "a", session.resolve("one"));
    put(new FileCache(root, 1_000), "a", session.resolve("two"));
    assertThat(downloads, is(List.of("a")));
    assertThat(Files.readString(session.resolve("two")), is("a".repeat(100)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)), is("rwx------"));
  }

  @Test
  void theLeastRecentlyUsedGoesFirstAndDisturbsNoSession(@TempDir Path folder) throws Exception {
    FileCache cache = new FileCache(folder, 250);
    Path session = cache.newSession();
    for (String name : List.of("a", "b", "c")) {
      put(cache, name, session.resolve(name));
    }
    age(folder.resolve("files"), 100);
    put(cache, "a", session.resolve("again"));
    cache.trim();
    assertThat(cache.holds("a"), is(true));
    assertThat(cache.holds("b") && cache.holds("c"), is(false));
    assertThat(Files.readString(session.resolve("b")), is("b".repeat(100)));
    assertThat(Files.readString(session.resolve("c")), is("c".repeat(100)));
  }

  private static void age(Path files, int seconds) throws IOException {
    try (Stream<Path> tree = Files.walk(files)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
      }
    }
  }

  @Test
  void aFailedDownloadLeavesNothing(@TempDir Path folder) throws IOException {
    FileCache cache = new FileCache(folder, 1_000);
    Path place = cache.newSession().resolve("x");
    try {
      cache.put(
          "x",
          place,
          file -> {
            Files.writeString(file, "half");
            throw new IOException("cut");
          });
    } catch (IOException e) {
      assertThat(e.getMessage(), is("cut"));
    }
    assertThat(cache.holds("x"), is(false));
    put(cache, "x", place);
    assertThat(Files.readString(place), is("x".repeat(100)));
  }

  @Test
  void sessionsLeftByKilledProcessesGoAfterADay(@TempDir Path folder) throws IOException {
    FileCache cache = new FileCache(folder, 1_000);
    Path dead = cache.newSession();
    Files.writeString(dead.resolve("x"), "x");
    Files.setLastModifiedTime(dead, FileTime.from(Instant.now().minusSeconds(90_000)));
    Path other = cache.newSession();
    cache.newSession();
    assertThat(Files.exists(dead), is(false));
    assertThat(Files.exists(other), is(true));
  }

  @Test
  void theFolderIsTheSystemsForCaches() {
    assertThat(
        FileCache.defaultFolder(Map.of("XDG_CACHE_HOME", "/x", "LOCALAPPDATA", "/x"))
            .endsWith(Path.of("playlist-lake")),
        is(true));
  }
}
