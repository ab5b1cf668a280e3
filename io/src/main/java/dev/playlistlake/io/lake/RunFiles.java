package dev.playlistlake.io.lake;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.schema.LakePath;
import dev.playlistlake.schema.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data files of a run in a table, by their names, which include the number of files (decision
 * 5).
 */
public final class RunFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);
  private static final int MOST_SHOWN = 3;

  private RunFiles() {}

  /**
   * All files of a run in a table, sorted. Files with names that runs do not use (copies by a sync
   * tool) are skipped with a warning.
   *
   * @throws LakeException if the folder cannot be listed, or files are missing or too many; the
   *     message gives the remedy
   */
  public static List<String> whole(LakeLayout run, LakeTable table) {
    List<RunFile> files = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (LakeFiles.Found found : list(run, table)) {
      RunFile.of(found).ifPresentOrElse(files::add, () -> others.add(found.path()));
    }
    int expected = LakePath.filesWritten(files.stream().map(RunFile::name).toList());
    List<String> wrote = new ArrayList<>();
    List<String> extra = new ArrayList<>();
    for (RunFile file : files) {
      (file.name().ofFiles() == expected ? wrote : extra).add(file.path());
    }
    if (wrote.size() < expected) {
      throw new LakeException(
          String.format(
              Locale.ROOT,
              "the published day %s has %d of %d files in %s of the run %s; %s, or remove %s to leave"
                  + " that day out",
              run.ingestDate(),
              wrote.size(),
              expected,
              run.partition(table),
              run.runId(),
              others.isEmpty()
                  ? "restore them from a copy"
                  : "restore their names, as runs give them, from " + shown(others),
              run.runFile()));
    } else if (!extra.isEmpty()) {
      throw new LakeException(
          String.format(
              Locale.ROOT,
              "the published day %s has more files of the run %s in %s than the %d it wrote: remove %s",
              run.ingestDate(),
              run.runId(),
              run.partition(table),
              expected,
              shown(extra)));
    }
    if (!others.isEmpty()) {
      LOG.warn(
          "Passed over: {}. No run gives files such names, but Athena reads them: remove them.",
          shown(others));
    }
    return wrote.stream().sorted().toList();
  }

  /** The existing files of a run in a table; none if there are none. */
  public static List<String> present(LakeLayout run, LakeTable table, String runId) {
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
      // A failed listing shows nothing about the files: it must not lead to removals.
      throw new LakeException(e.getMessage() + "; run the same command again", e);
    }
  }

  private static String shown(List<String> paths) {
    String first = paths.stream().sorted().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    return ForeignText.oneLine(paths.size() > MOST_SHOWN ? first + ", ..." : first);
  }
}
