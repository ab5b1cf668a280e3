package dev.playlistlake.io.lake;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.schema.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data files of a run in a table, by their names, which say how many there are. */
public final class RunFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);
  private static final int MOST_SHOWN = 3;

  private RunFiles() {}

  /**
   * All files of a run in a table, sorted. Files whose names no run gives (copies that a sync tool
   * has made) are passed over with a warning.
   *
   * @throws LakeException if the folder cannot be listed, or files are missing or too many; the
   *     message says what to do
   */
  public static List<String> whole(LakeLayout run, LakeTable table) {
    List<RunFile> files = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (LakeFiles.Found found : list(run, table)) {
      RunFile.of(found).ifPresentOrElse(files::add, () -> others.add(found.path()));
    }
    if (!others.isEmpty()) {
      LOG.warn(
          "Passed over: {}. No run gives files such names, but Athena reads them: remove them.",
          shown(others));
    }
    long expected = files.stream().mapToInt(file -> file.name().ofFiles()).max().orElse(1);
    if (files.size() < expected) {
      throw new LakeException(
          String.format(
              Locale.ROOT,
              "the published day %s has %d of %d files in %s of the run %s; restore them from a copy, or remove %s to leave that day out",
              run.ingestDate(),
              files.size(),
              expected,
              run.partition(table),
              run.runId(),
              run.runFile()));
    } else if (files.size() > expected) {
      throw new LakeException(
          String.format(
              Locale.ROOT,
              "the published day %s has %d files of the run %s in %s, which wrote %d: remove %s",
              run.ingestDate(),
              files.size(),
              run.runId(),
              run.partition(table),
              expected,
              shown(
                  files.stream()
                      .filter(file -> file.name().ofFiles() != expected)
                      .map(RunFile::path)
                      .toList())));
    }
    return files.stream().map(RunFile::path).sorted().toList();
  }

  /** The files of a run in a table, of those that are there; none if there are none. */
  static List<String> present(LakeLayout run, LakeTable table, String runId) {
    return LakeFiles.find(List.of(run.dataFilesOf(table, runId))).stream()
        .filter(found -> RunFile.of(found).isPresent())
        .map(LakeFiles.Found::path)
        .sorted()
        .toList();
  }

  private static List<LakeFiles.Found> list(LakeLayout run, LakeTable table) {
    try {
      return LakeFiles.find(List.of(run.dataFilesOf(table, run.runId())));
    } catch (LakeException e) {
      // A listing that failed tells nothing of the files: nobody is to remove anything for it.
      throw new LakeException(e.getMessage() + "; run the same command again", e);
    }
  }

  private static String shown(List<String> paths) {
    String first = paths.stream().sorted().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    return ForeignText.oneLine(paths.size() > MOST_SHOWN ? first + ", ..." : first);
  }
}
