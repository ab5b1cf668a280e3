package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/** A lake's folder as files. */
final class LakeFolder {
  private LakeFolder() {}

  /** All files but stored answers and rows of runs, by their paths within the lake, sorted. */
  static List<String> data(Path lake) {
    return within(lake)
        .filter(file -> !file.startsWith("raw/") && !file.startsWith("run/"))
        .toList();
  }

  /** All files of a run, by their paths within the lake, sorted. */
  static List<String> of(String runId, Path lake) {
    return within(lake).filter(file -> file.contains(runId)).toList();
  }

  /** All files under a folder, sorted; none where it does not exist. */
  static List<Path> files(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a table's file. */
  static List<GenericRecord> rows(Path file) {
    String table = String.valueOf(file.resolve("../..").normalize().getFileName());
    return ParquetFiles.read(LakeTable.valueOf(table.toUpperCase(Locale.ROOT)), file.toString());
  }

  private static Stream<String> within(Path lake) {
    return files(lake).stream().map(file -> lake.relativize(file).toString()).sorted();
  }

  /** Copies a lake, but not its stored answers; files keep their times. */
  static Path copy(Path lake, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(lake)) {
      for (Path path : all.toList()) {
        Path within = lake.relativize(path);
        if (!within.startsWith("raw")) {
          Files.copy(path, to.resolve(within), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return to;
  }

  /** Makes a file or folder, with all in it, look as if it was last written then. */
  static void age(Path path, Instant writtenAt) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(writtenAt));
      }
    }
  }
}
