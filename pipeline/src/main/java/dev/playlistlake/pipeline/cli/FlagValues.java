package dev.playlistlake.pipeline.cli;

import dev.playlistlake.model.ForeignText;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the values mean of flags that a run and the commands share. What is wrong with one is added
 * to the problems, a sentence with the flag's name first.
 */
public final class FlagValues {
  public static final String DEFAULT_LAKE = "./lake";
  public static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]{}\\\\]");
  public static final int MOST_PORT = 65_535;
  private static final int LONGEST_SHOWN = 100;

  private FlagValues() {}

  /** A lake's folder or prefix, without a slash at its end. */
  public static String lake(String given, List<String> problems) {
    if (given.matches("s3:/*")) {
      problems.add("--lake: '" + given + "' names no bucket; give s3://bucket/prefix");
      return given;
    }
    String lake = given;
    while (lake.length() > 1 && lake.endsWith("/")) {
      lake = lake.substring(0, lake.length() - 1);
    }
    if (lake.contains("://") && !lake.startsWith("s3://")) {
      problems.add("--lake: '" + lake + "' is neither a folder nor s3://bucket/prefix");
    } else if (WILDCARD.matcher(lake).find()) {
      problems.add("--lake: '" + lake + "' holds a wildcard; give one folder or prefix");
    }
    return lake;
  }

  /** Scheme, host and port of a service; null where it is not just that. */
  public static @Nullable URI url(String flag, String given, List<String> problems) {
    String shown = ForeignText.oneLine(given);
    try {
      URI url = URI.create(given);
      boolean bare =
          (url.getPath() == null || url.getPath().matches("/?"))
              && url.getQuery() == null
              && url.getFragment() == null
              && url.getUserInfo() == null
              && url.getPort() <= MOST_PORT
              && url.getPort() != 0;
      String scheme = url.getScheme();
      if (bare && url.getHost() != null && ("https".equals(scheme) || "http".equals(scheme))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      problems.add(flag + ": '" + shown + "' is no URL");
      return null;
    }
    problems.add(flag + ": '" + shown + "' must be scheme, host and port only, like https://host");
    return null;
  }

  /** A whole number between two bounds; empty where it is none. */
  public static Optional<Integer> number(
      String flag, String given, int least, int most, List<String> problems) {
    try {
      int number = Integer.parseInt(given);
      if (number < least) {
        problems.add(flag + ": " + number + " is below " + least);
      } else if (number > most) {
        problems.add(flag + ": " + number + " is above " + most);
      } else {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      problems.add(flag + ": " + wrongNumber(given));
    }
    return Optional.empty();
  }

  /** A day; empty where it is none. */
  public static Optional<LocalDate> ingestDate(String given, List<String> problems) {
    try {
      LocalDate day = LocalDate.parse(given);
      if (given.length() != "2026-11-20".length()) {
        throw new DateTimeException("a year of more than four digits");
      }
      return Optional.of(day);
    } catch (DateTimeException e) {
      problems.add("--ingestDate: '" + shown(given) + "' is no date like 2026-11-20");
      return Optional.empty();
    }
  }

  /** The exit codes that a scheduler wants to be 0. */
  public static Set<Integer> okExitCodes(String given, List<String> problems) {
    Set<Integer> codes = new TreeSet<>();
    for (String code : given.split(",")) {
      switch (code.strip()) {
        case "" -> {
          // None.
        }
        case "3" -> codes.add(ExitCode.TOO_MANY_REJECTED.number());
        case "4" -> codes.add(ExitCode.STOPPED_EARLY.number());
        default -> problems.add("--okExitCodes: '" + shown(code.strip()) + "' is neither 3 nor 4");
      }
    }
    return codes;
  }

  /** What is wrong with a value that should have been a whole number. */
  public static String wrongNumber(String given) {
    return "'"
        + shown(given)
        + "' "
        + (given.matches("[+-]?\\d+") ? "is too large a number" : "is no whole number");
  }

  /** What is wrong with a value that should have been one of some words. */
  public static String noneOf(String flag, String given, List<String> words) {
    return flag + ": '" + shown(given) + "' is none of " + String.join(", ", words);
  }

  /** Whether an argument is a flag whose value seems to be the next one. */
  public static boolean isApart(String arg, String next) {
    return arg.startsWith("--") && !arg.contains("=") && !next.startsWith("-");
  }

  /** What is wrong with a flag that needs a value; it may stand behind a space. */
  public static String noValue(String flag) {
    return flag + ": has no value; it stands behind an equals sign, " + flag + "=VALUE";
  }

  /** What is wrong with an argument that is not even meant to be a flag. */
  public static String noFlag(String name) {
    String shown = shown(name);
    return (shown.isEmpty() ? "''" : shown) + ": is no flag; flags are --name=value";
  }

  /** A flag's name as somebody wrote it: with one hyphen, or with a dash out of a text. */
  public static String withoutHyphens(String name) {
    return name.replaceFirst("^\\p{Pd}+", "");
  }

  /** On one line and of a length that can be read. */
  public static String shown(String text) {
    String clean = ForeignText.oneLine(text);
    return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "...";
  }
}
