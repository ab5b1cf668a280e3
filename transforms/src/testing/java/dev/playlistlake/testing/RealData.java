package dev.playlistlake.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Real playlists and recorded responses, in a folder {@code shared/data} beside the checkout. They
 * may not be redistributed, so tests that need them are skipped if the folder is absent.
 */
public final class RealData {
  private RealData() {}

  /** Whether the folder exists. */
  public static boolean isThere() {
    return find("") != null;
  }

  /**
   * A file or folder of the real data; skips the test if it is absent.
   *
   * @param name path below {@code shared/data}
   */
  public static Path path(String name) {
    Path found = find(name);
    if (found == null) {
      Assumptions.abort(
          "skipped: real data is absent (shared/data/" + name + " beside the checkout)");
      throw new IllegalStateException("not reached");
    }
    return found;
  }

  private static @Nullable Path find(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path found = folder.resolveSibling("shared").resolve("data").resolve(name);
      if (Files.exists(found)) {
        return found;
      }
    }
    return null;
  }

  /** The lines of a gzipped file; skips the test if it is absent. */
  public static List<String> lines(String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path(name))), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
