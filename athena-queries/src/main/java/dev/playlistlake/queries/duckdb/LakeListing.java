package dev.playlistlake.queries.duckdb;

import dev.playlistlake.schema.LakePath;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of a lake on disk, by the names that runs give them, so that a copy, a trash folder or
 * a partial download among them changes no result.
 */
final class LakeListing {
  /** The table's name, without loading the class that parses all schemas, which takes a second. */
  static final String RUN = "run";

  private static final int MOST_SHOWN = 3;
  private static final List<Path> NOTHING = List.of();

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
  private final Set<Path> linked = new TreeSet<>();
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
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return files;
    }
    for (Path day : isFolder(folder) ? children(folder, LakeListing::isDayFolder) : NOTHING) {
      String name = String.valueOf(day.getFileName());
      if (LakePath.isDay(name.substring(name.indexOf('=') + 1)) && isFolder(day)) {
        addFilesOf(day, table, files);
      } else {
        passedOver.add(lake.relativize(day).toString());
      }
    }
    files.sort(null);
    return files;
  }

  private void addFilesOf(Path day, String table, List<Path> files) throws IOException {
    Map<String, List<RunFile>> byRun = new TreeMap<>();
    for (Path file : children(day, LakeListing::isParquet)) {
      String path = lake.relativize(file).toString();
      Optional<LakePath> known = LakePath.parse(path);
      if (known.isPresent() && !known.get().isSetAside() && attributes(file).isRegularFile()) {
        byRun
            .computeIfAbsent(known.get().runId(), unused -> new ArrayList<>())
            .add(new RunFile(known.get(), file));
      } else if (!isHidden(file)) {
        passedOver.add(path);
      }
    }
    byRun.values().forEach(ofRun -> addOnce(ofRun, table, files));
  }

  /** Hidden to all engines, like those that macOS leaves beside each file on foreign disks. */
  private static boolean isHidden(Path file) {
    return "._".indexOf(String.valueOf(file.getFileName()).charAt(0)) >= 0;
  }

  /**
   * Whether a table has a file of any run.
   *
   * @throws IOException if a folder cannot be read
   */
  boolean has(String table) throws IOException {
    Path folder = lake.resolve(table);
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS) || !isFolder(folder)) {
      return false;
    }
    try (DirectoryStream<Path> days = Files.newDirectoryStream(folder, LakeListing::isDayFolder)) {
      List<Path> files = new ArrayList<>();
      for (Path day : days) {
        if (isFolder(day)) {
          addFilesOf(day, table, files);
        }
        if (!files.isEmpty()) {
          return true;
        }
      }
      return false;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
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

  private boolean isFolder(Path path) throws IOException {
    return attributes(path).isDirectory();
  }

  /** Links are followed: one that leads nowhere is a file that cannot be read. */
  private BasicFileAttributes attributes(Path path) throws IOException {
    BasicFileAttributes own =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!own.isSymbolicLink()) {
      return own;
    }
    linked.add(path.toRealPath());
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  /** Where links lead that stand for a table, a day or a file. */
  Set<Path> linked() {
    return linked;
  }

  private static boolean isDayFolder(Path path) {
    return String.valueOf(path.getFileName()).startsWith(LakeTable.INGEST_DATE + "=");
  }

  private static boolean isParquet(Path path) {
    return path.toString().endsWith(".parquet");
  }

  private static List<Path> children(Path folder, DirectoryStream.Filter<Path> filter)
      throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, filter)) {
      all.forEach(children::add);
      return children;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * The days on which some run has fewer files in a table than it wrote. A table without any files
   * does not count: it was not copied, or the lake is older.
   */
  Set<String> daysInDoubt() {
    Set<String> days = new TreeSet<>();
    Set<RunOfDay> all = ofRuns.getOrDefault(RUN, Map.of()).keySet();
    ofRuns.forEach(
        (table, runs) ->
            all.stream()
                .filter(run -> lacks(runs.getOrDefault(run, List.of())))
                .forEach(run -> days.add(run.day())));
    return days;
  }

  /**
   * The runs that count and lack files in a table.
   *
   * @param counting the run that counts, by day, of the days in doubt
   */
  List<Lacking> lacking(Map<String, String> counting) {
    List<Lacking> lacking = new ArrayList<>();
    ofRuns.forEach(
        (table, runs) ->
            counting.forEach(
                (day, runId) -> {
                  List<LakePath> present = runs.getOrDefault(new RunOfDay(day, runId), List.of());
                  if (lacks(present)) {
                    int written = LakePath.filesWritten(present);
                    lacking.add(new Lacking(table, day, runId, present.size(), written));
                  }
                }));
    return lacking;
  }

  private static boolean lacks(List<LakePath> present) {
    return present.size() < LakePath.filesWritten(present);
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
