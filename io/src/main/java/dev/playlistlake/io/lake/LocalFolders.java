package dev.playlistlake.io.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a disk has and S3 has not: folders that stay behind when their files are gone. */
final class LocalFolders {
  private LocalFolders() {}

  static void deleteTree(String folder) {
    Path root = Path.of(folder);
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
      deleteIfEmpty(root.resolveSibling(".").normalize());
    } catch (NoSuchFileException e) {
      // Somebody else removed it meanwhile: that is what was wanted.
      return;
    } catch (IOException | UncheckedIOException e) {
      throw new LakeException("cannot remove " + folder + ": " + LakeFiles.words(e), e);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Another run is at work there.
      return;
    }
  }
}
