package dev.playlistlake.pipeline.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The folder of a lake to read, after checking that it exists. */
public final class LakePlace {
  private static final Path SAMPLE = Path.of("lake-sample");

  private LakePlace() {}

  /**
   * Its path.
   *
   * @throws BadInputException if there is no folder, or it is not readable
   */
  public static Path folder(String lake) throws BadInputException {
    Path folder = path(lake);
    if (!Files.exists(folder)) {
      String sample =
          lake.equals(FlagValues.DEFAULT_LAKE) && Files.exists(SAMPLE)
              ? "; the sample is --lake=./" + SAMPLE
              : "; give the folder that a run wrote to";
      throw BadInputException.of("--lake: there is no folder '" + lake + "'" + sample);
    } else if (!Files.isDirectory(folder)) {
      throw BadInputException.of("--lake: '" + lake + "' is a file; give a lake's folder");
    } else if (!Files.isReadable(folder)) {
      throw BadInputException.of("--lake: '" + lake + "' may not be read by this user");
    }
    return folder;
  }

  private static Path path(String lake) throws BadInputException {
    try {
      return Path.of(lake);
    } catch (InvalidPathException e) {
      throw BadInputException.of("--lake: '" + lake + "' is no path: " + e.getReason());
    }
  }
}
