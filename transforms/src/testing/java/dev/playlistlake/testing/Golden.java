package dev.playlistlake.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that the program generates and a commit shows; {@code -Dgolden.update} writes them. */
public final class Golden {
  private static final String PROPERTY = "golden.update";

  private Golden() {}

  /** Whether this test run writes the files instead of comparing them with the old ones. */
  public static boolean isUpdate() {
    return System.getProperty(PROPERTY) != null;
  }

  /**
   * Asserts that a file has this text; an update writes it first.
   *
   * @param modules the modules to build, as for {@code mvn -pl}
   * @param test the class that asserts it
   */
  public static void assertUpToDate(Path file, String text, String modules, Class<?> test)
      throws IOException {
    if (isUpdate()) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    }
    assertThat(
        file
            + " is out of date. If the change is meant, refresh it by\n  mvn -pl "
            + modules
            + " test -Dtest="
            + test.getSimpleName()
            + " -Dsurefire.failIfNoSpecifiedTests=false -D"
            + PROPERTY
            + "\n",
        Files.exists(file) ? Files.readString(file) : "",
        is(text));
  }
}
