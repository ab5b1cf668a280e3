package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RunFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Files of earlier runs that are removed for one reason. */
final class Removal {
  private static final int MOST_RUNS_SHOWN = 10;

  private final String ofWhat;
  private final SortedSet<String> runs = new TreeSet<>();
  private final List<String> files = new ArrayList<>();
  private final Set<String> partitions = new TreeSet<>();
  private final Map<String, Temporary> temporary = new TreeMap<>();

  private record Temporary(String folder, boolean whole) {}

  /** Nothing yet, of runs that these words describe. */
  Removal(String ofWhat) {
    this.ofWhat = ofWhat;
  }

  void add(String run, List<RunFile> ofRun) {
    runs.add(run);
    for (RunFile file : ofRun) {
      files.add(file.path());
      partitions.add(file.folder());
    }
  }

  /**
   * Adds a run's temporary folder.
   *
   * @param whole whether its start record goes too
   */
  void addTemporary(String runId, String folder, boolean whole) {
    temporary.put(runId, new Temporary(folder, whole));
  }

  /**
   * Removes it all and returns a sentence about it; empty if there was nothing to remove.
   *
   * @throws LakeException if storage fails
   */
  Optional<String> carryOut() {
    LakeFiles.delete(files);
    partitions.forEach(LakeFiles::deleteIfEmpty);
    int folders = 0;
    for (Map.Entry<String, Temporary> run : temporary.entrySet()) {
      if (remove(run.getValue())) {
        folders++;
        if (runs.stream().noneMatch(named -> named.startsWith(run.getKey()))) {
          runs.add(run.getKey());
        }
      }
    }
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    List<String> gone = new ArrayList<>();
    count(gone, files.size(), "data file");
    count(gone, folders, "temporary folder");
    return Optional.of("Removed " + String.join(" and ", gone) + " of " + ofWhat + ": " + shown());
  }

  private static boolean remove(Temporary temporary) {
    if (!temporary.whole()) {
      return LakeFiles.deleteTreeBut(temporary.folder(), LakeLayout.START_RECORD);
    }
    LakeFiles.deleteTree(temporary.folder());
    return true;
  }

  private static void count(List<String> gone, int number, String what) {
    if (number > 0) {
      gone.add(counted(number, what));
    }
  }

  static String counted(int number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  private String shown() {
    String first = runs.stream().limit(MOST_RUNS_SHOWN).collect(Collectors.joining(", "));
    int more = runs.size() - MOST_RUNS_SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
