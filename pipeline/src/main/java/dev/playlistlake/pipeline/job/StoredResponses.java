package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawList;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.schema.LakeTable;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A lake's stored responses to replay, given by {@code --from=raw:PATH} (decision 15).
 *
 * @param folder the lake's raw folder, without a trailing slash
 */
record StoredResponses(String folder) {

  /**
   * The only stored day, if the flags name none.
   *
   * @throws BadInputException if there is none, or more than one
   */
  String onlyDay() throws BadInputException {
    TreeSet<String> days = days(folder);
    if (days.size() == 1) {
      return days.first();
    } else if (days.isEmpty()) {
      throw nothingThere();
    }
    throw BadInputException.of(
        "--ingestDate: is missing; '"
            + folder
            + "' holds "
            + days.size()
            + " days, "
            + days.first()
            + " to "
            + days.last());
  }

  /**
   * A day's responses, as left by the run that stored the newest list.
   *
   * @throws BadInputException if none are stored
   */
  RawDay of(String day) throws BadInputException {
    String ofDay = folder + "/" + LakeTable.INGEST_DATE + "=" + day;
    Optional<String> run = newestRun(ofDay);
    if (run.isPresent()) {
      return RawDay.replayed(ofDay, run.get());
    }
    TreeSet<String> days = days(folder);
    if (days.isEmpty()) {
      throw nothingThere();
    }
    throw BadInputException.of(
        "--ingestDate: '"
            + folder
            + "' holds no answers of "
            + day
            + "; its days are "
            + days.first()
            + " to "
            + days.last());
  }

  /** The list of the replayed run. */
  static List<ListEntry> list(RawDay responses) throws BadInputException {
    try {
      return RawList.read(responses);
    } catch (LakeException e) {
      throw unreadable(e);
    }
  }

  private BadInputException nothingThere() {
    boolean oneAbove = !days(folder + "/raw").isEmpty();
    return BadInputException.of(
        "--from: '"
            + folder
            + "' holds no stored answers; give a lake's raw folder, raw:"
            + (oneAbove ? folder : "LAKE")
            + "/raw");
  }

  private static Optional<String> newestRun(String dayFolder) throws BadInputException {
    try {
      return RawList.newestRun(dayFolder);
    } catch (LakeException e) {
      throw unreadable(e);
    }
  }

  private static TreeSet<String> days(String folder) {
    try {
      return RawList.days(folder);
    } catch (LakeException e) {
      return new TreeSet<>();
    }
  }

  private static BadInputException unreadable(LakeException e) {
    return BadInputException.of("--from: " + e.getMessage());
  }
}
