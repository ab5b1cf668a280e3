package dev.playlistlake.queries.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of one session's own for what DuckDB cannot keep in memory, removed at the session's end
 * or, if that comes first, at the end of the process.
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
      // The process is ending: the hook runs as well, and finds nothing.
      return;
    }
  }

  /** As far as it can be: DuckDB may write and delete at the same time. */
  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A folder for temporary files is emptied by others as well.
      return;
    }
  }
}
