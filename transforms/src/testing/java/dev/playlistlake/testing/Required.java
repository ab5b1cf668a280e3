package dev.playlistlake.testing;

import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Tools that a test needs and a machine may lack. A test without its tool is skipped, or fails if
 * the comma-separated {@code -Dplaylistlake.require=} contains the tool.
 */
public final class Required {
  private static final String PROPERTY = "playlistlake.require";

  private Required() {}

  /**
   * Skips or fails the test; never returns.
   *
   * @param tool its name in the property, such as {@code linter}
   * @param why why the tool is not usable here
   */
  public static void orSkip(String tool, String why) {
    if (isRequired(System.getProperty(PROPERTY, ""), tool)) {
      Assertions.fail(tool + " is required by -D" + PROPERTY + ": " + why);
    }
    String skipped = "skipped: " + why + " (-D" + PROPERTY + "=" + tool + " makes this a failure)";
    // Maven shows no reason for a skipped test, and nothing at all for a fully skipped class.
    System.out.println(skipped);
    Assumptions.abort(skipped);
  }

  static boolean isRequired(String list, String tool) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).anyMatch(tool::equals);
  }
}
