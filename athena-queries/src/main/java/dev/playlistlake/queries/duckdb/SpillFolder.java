package dev.playlistlake.queries.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One session's folder for what DuckDB cannot keep in memory, removed when the session or the
 * process ends.
 */
final class SpillFolder implements AutoCloseable {
  private final Path folder;
  private final Thread atExit;

  private SpillFolder(Path folder) {
    this.folder = folder;
    this.atExit = new Thread(this::delete, "spill-folder");
  }

  static SpillFolder create() throws IOException {
    SpillFolder spill = new SpillFolder(Files.createTempDirectory("playlist-lake-query-"));
    Runtime.getRuntime().addShutdownHook(spill.atExit);
    return spill;
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs too and finds nothing.
      return;
    }
  }

  /** Deletes as much as possible: DuckDB may write and delete at the same time. */
  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Other programs clean up the temporary folder too.
      return;
    }
  }
}
