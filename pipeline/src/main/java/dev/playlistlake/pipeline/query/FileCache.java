package dev.playlistlake.pipeline.query;

import dev.playlistlake.pipeline.cli.HomeFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files fetched from elsewhere, in a folder that only its user may read. The least recently used go
 * first when it is full. Several processes may use it: files appear whole under their final names,
 * and a session links to those that it reads, so that their removal does not disturb it.
 */
final class FileCache {
  /** 10 GB. */
  static final long MOST_BYTES = 10_000_000_000L;

  private static final Duration LONGEST_SESSION = Duration.ofDays(1);

  private final Path files;
  private final Path sessions;
  private final long mostBytes;

  /** A file of the cache: a session may link to it. */
  private record Held(Path path, long bytes, FileTime used) {}

  /** Writes a file. */
  interface Download {
    /** Writes the content to a path where there is no file yet. */
    void to(Path file) throws IOException;
  }

  /**
   * A cache in a folder, made if missing.
   *
   * @throws IOException if it cannot be written
   */
  FileCache(Path folder, long mostBytes) throws IOException {
    this.files = folder.resolve("files");
    this.sessions = folder.resolve("sessions");
    this.mostBytes = mostBytes;
    Files.createDirectories(folder);
    PosixFileAttributeView owner = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (owner != null) {
      owner.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
    Files.createDirectories(files);
    Files.createDirectories(sessions);
  }

  /** The user's folder for caches on this system. */
  static Path defaultFolder(Map<String, String> environment) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Path home = Path.of(HomeFolder.home());
    Path caches =
        system.startsWith("mac")
            ? home.resolve("Library/Caches")
            : system.startsWith("windows")
                ? Path.of(environment.getOrDefault("LOCALAPPDATA", home.toString()))
                : Path.of(
                    environment.getOrDefault("XDG_CACHE_HOME", home.resolve(".cache").toString()));
    return caches.resolve("playlist-lake");
  }

  /**
   * A new folder for one session. Folders that sessions killed in the middle left behind go after a
   * day.
   */
  Path newSession() throws IOException {
    try (Stream<Path> left = Files.list(sessions)) {
      for (Path one : left.toList()) {
        if (isOlderThan(one, Instant.now().minus(LONGEST_SESSION))) {
          deleteTree(one);
        }
      }
    }
    return Files.createTempDirectory(sessions, "session-").toRealPath();
  }

  private static boolean isOlderThan(Path file, Instant moment) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a file is held; it may be removed at any time. */
  boolean holds(String name) {
    return Files.exists(path(name));
  }

  /**
   * Puts a file in the place of another one, from the cache or by a download.
   *
   * @param name everything that tells this content from any other
   */
  void put(String name, Path place, Download download) throws IOException {
    Path held = path(name);
    Path next = place.resolveSibling("." + place.getFileName() + ".next");
    for (int attempt = 1; ; attempt++) {
      if (!Files.exists(held)) {
        fetch(held, download);
      }
      try {
        link(next, held);
        Files.setLastModifiedTime(held, FileTime.from(Instant.now()));
        Files.move(
            next, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (NoSuchFileException e) {
        // Another process removed it this moment.
        Files.deleteIfExists(next);
        if (attempt > 2) {
          throw e;
        }
      }
    }
  }

  private static void link(Path link, Path existing) throws IOException {
    try {
      Files.createLink(link, existing);
    } catch (UnsupportedOperationException e) {
      Files.copy(existing, link);
    }
  }

  private static void fetch(Path held, Download download) throws IOException {
    Files.createDirectories(held.getParent());
    Path folder = Files.createTempDirectory(held.getParent(), ".fetching-");
    try {
      Path file = folder.resolve("file");
      download.to(file);
      Files.move(file, held, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      deleteTree(folder);
    }
  }

  /** Removes the least recently used files until the others fit. */
  void trim() throws IOException {
    List<Held> all = new ArrayList<>();
    try (Stream<Path> found = Files.walk(files)) {
      for (Path path : (Iterable<Path>) found::iterator) {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
          all.add(new Held(path, attributes.size(), attributes.lastModifiedTime()));
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // Another process is doing the same.
      return;
    }
    all.sort(Comparator.comparing(Held::used));
    long total = all.stream().mapToLong(Held::bytes).sum();
    for (Held file : all) {
      if (total <= mostBytes) {
        return;
      }
      Files.deleteIfExists(file.path());
      total -= file.bytes();
    }
  }

  private Path path(String name) {
    try {
      String hash =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(name.getBytes(StandardCharsets.UTF_8)));
      return files.resolve(hash.substring(0, 2)).resolve(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // Another process is removing it.
    }
  }
}
