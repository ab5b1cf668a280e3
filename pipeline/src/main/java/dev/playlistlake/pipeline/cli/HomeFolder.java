package dev.playlistlake.pipeline.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ~/} at the beginning of a path. A shell replaces it only at the beginning of a word, so
 * not in {@code --lake=~/lake}.
 */
public final class HomeFolder {
  /** {@code --credentials} and {@code --from} have a word before the path. */
  private static final Pattern PATH = Pattern.compile("(?s)(file:|raw:)?~(/.*)?");

  private HomeFolder() {}

  /** The value of a flag, with the user's home folder for {@code ~}. */
  static String expanded(String value) {
    return expanded(value, home());
  }

  /** The same for an argument file, {@code @~/flags}; another argument stays. */
  static String expandedFile(String argument) {
    return argument.startsWith("@~") ? "@" + expanded(argument.substring(1)) : argument;
  }

  static String expanded(String value, String home) {
    Matcher path = PATH.matcher(value);
    return path.matches() ? group(path, 1) + home + group(path, 2) : value;
  }

  private static String group(Matcher path, int group) {
    return path.group(group) == null ? "" : path.group(group);
  }

  /** Its path, as shells have it: Java's own has no value for a user without an account. */
  public static String home() {
    String home = System.getenv("HOME");
    return home == null || home.isBlank() ? System.getProperty("user.home") : home;
  }
}
