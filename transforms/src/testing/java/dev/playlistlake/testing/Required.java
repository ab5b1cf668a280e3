package dev.playlistlake.testing;

import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Tools that a test needs and a machine may lack. A test without its tool is skipped, unless {@code
 * -Dplaylistlake.require=}, a list by commas, names the tool: then it fails.
 */
public final class Required {
  private static final String PROPERTY = "playlistlake.require";

  private Required() {}

  /**
   * Ends the test, as skipped or as failed; does not return.
   *
   * @param tool its name in the property, such as {@code linter}
   * @param why why it cannot be used here
   */
  public static void orSkip(String tool, String why) {
    if (isRequired(System.getProperty(PROPERTY, ""), tool)) {
      Assertions.fail(tool + " is required by -D" + PROPERTY + ": " + why);
    }
    String skipped = "skipped: " + why + " (-D" + PROPERTY + "=" + tool + " makes this a failure)";
    // Maven shows no reason for a skipped test, and nothing at all for a class that is skipped whole.
    System.out.println(skipped);
    Assumptions.abort(skipped);
  }

  static boolean isRequired(String list, String tool) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).anyMatch(tool::equals);
  }
}
