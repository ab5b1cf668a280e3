package dev.playlistlake.queries.duckdb;

import dev.playlistlake.schema.LakePath;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a lake on disk, by the names that runs give them, so that a copy, a trash folder or
 * a partial download among them changes no result.
 */
final class LakeListing {
  private static final int MOST_SHOWN = 3;

  /** A file with a name that runs give. */
  private record RunFile(LakePath name, Path path) {}

  private record RunOfDay(String day, String runId) {}

  /** A run that has fewer files in a table than it wrote. */
  record Lacking(String table, String day, String runId, int present, int written) {
    String words() {
      return String.format(
          Locale.ROOT,
          "%s (%s has %d of %d files of the run %s)",
          day,
          table,
          present,
          written,
          runId);
    }
  }

  private final Path lake;
  private final List<String> passedOver = new ArrayList<>();
  private final Map<String, Map<RunOfDay, List<LakePath>>> ofRuns = new TreeMap<>();

  LakeListing(Path lake) {
    this.lake = lake;
  }

  /**
   * The files of a table, sorted; none if it has no folder.
   *
   * @throws IOException if a folder cannot be read: its content is unknown, not empty
   */
  List<Path> filesOf(String table) throws IOException {
    List<Path> files = new ArrayList<>();
    Path folder = lake.resolve(table);
    if (!Files.isDirectory(folder)) {
      return files;
    }
    for (Path day : children(folder, LakeTable.INGEST_DATE + "=*")) {
      String name = String.valueOf(day.getFileName());
      if (!LakePath.isDay(name.substring(name.indexOf('=') + 1)) || !Files.isDirectory(day)) {
        passedOver.add(lake.relativize(day).toString());
        continue;
      }
      Map<String, List<RunFile>> byRun = new TreeMap<>();
      for (Path file : children(day, "*.parquet")) {
        String path = lake.relativize(file).toString();
        Optional<LakePath> known = LakePath.parse(path);
        boolean isHidden = String.valueOf(file.getFileName()).matches("[._].*");
        if (known.isPresent() && !known.get().isSetAside() && Files.isRegularFile(file)) {
          byRun
              .computeIfAbsent(known.get().runId(), unused -> new ArrayList<>())
              .add(new RunFile(known.get(), file));
        } else if (!isHidden) {
          passedOver.add(path);
        }
      }
      byRun.values().forEach(ofRun -> addOnce(ofRun, table, files));
    }
    files.sort(null);
    return files;
  }

  /** Adds the files that a run wrote and skips others in its name, whose rows would count twice. */
  private void addOnce(List<RunFile> ofRun, String table, List<Path> files) {
    int wrote = LakePath.filesWritten(ofRun.stream().map(RunFile::name).toList());
    for (RunFile file : ofRun) {
      if (file.name().ofFiles() == wrote) {
        files.add(file.path());
        ofRuns
            .computeIfAbsent(table, unused -> new HashMap<>())
            .computeIfAbsent(
                new RunOfDay(file.name().ingestDate(), file.name().runId()),
                unused -> new ArrayList<>())
            .add(file.name());
      } else {
        passedOver.add(lake.relativize(file.path()).toString());
      }
    }
  }

  private static List<Path> children(Path folder, String glob) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
      all.forEach(children::add);
      return children;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * The runs that count and lack files in a table. A table without any files does not count as
   * lacking: it was not copied, or the lake is older.
   *
   * @param counting the run that counts, by day
   */
  List<Lacking> lacking(Map<String, String> counting) {
    List<Lacking> lacking = new ArrayList<>();
    ofRuns.forEach(
        (table, runs) ->
            counting.forEach(
                (day, runId) -> {
                  List<LakePath> present = runs.getOrDefault(new RunOfDay(day, runId), List.of());
                  int written = LakePath.filesWritten(present);
                  if (present.size() < written) {
                    lacking.add(new Lacking(table, day, runId, present.size(), written));
                  }
                }));
    return lacking;
  }

  /** A message about files that are not from a run; empty if there are none. */
  Optional<String> passedOver() {
    if (passedOver.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("Not read, since no run gives such names: " + shown(passedOver) + ".");
  }

  /** The first few of many, sorted. */
  static String shown(List<String> all) {
    return all.stream().sorted().limit(MOST_SHOWN).collect(Collectors.joining(", "))
        + (all.size() > MOST_SHOWN
            ? String.format(Locale.ROOT, ", ... (%,d in all)", all.size())
            : "");
  }
}
