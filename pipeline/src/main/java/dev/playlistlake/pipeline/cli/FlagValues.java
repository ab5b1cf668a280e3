package dev.playlistlake.pipeline.cli;

import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.model.ForeignText;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses the values of flags that several commands share. Each method throws a {@link
 * TypeConversionException} for a wrong value; its message follows the flag's name.
 */
public final class FlagValues {
  public static final String DEFAULT_LAKE = "./lake";
  public static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]{}\\\\]");
  private static final int MOST_PORT = 65_535;
  private static final int LONGEST_SHOWN = 100;

  private FlagValues() {}

  /** {@link #lake} for picocli. */
  public static final class Lake implements ITypeConverter<String> {
    @Override
    public String convert(String given) {
      return lake(given);
    }
  }

  /** {@link #service} for picocli. */
  public static final class Service implements ITypeConverter<URI> {
    @Override
    public URI convert(String given) {
      return service(given);
    }
  }

  /** {@link #credentials} for picocli. */
  public static final class Credentials implements ITypeConverter<CredentialsRef> {
    @Override
    public CredentialsRef convert(String given) {
      return credentials(given);
    }
  }

  /** {@link #day} for picocli. */
  public static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String given) {
      return day(given);
    }
  }

  /** A local port, for picocli. */
  public static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String given) {
      return number(given, 1, MOST_PORT);
    }
  }

  /** A non-negative integer, for picocli. */
  public static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String given) {
      return number(given, 0, Integer.MAX_VALUE);
    }
  }

  /** A lake's folder or prefix, without a trailing slash. */
  public static String lake(String given) {
    if (given.matches("s3:/*")) {
      throw wrong("'" + given + "' names no bucket; give s3://bucket/prefix");
    }
    String lake = given;
    while (lake.length() > 1 && lake.endsWith("/")) {
      lake = lake.substring(0, lake.length() - 1);
    }
    if (lake.contains("://") && !lake.startsWith("s3://")) {
      throw wrong("'" + lake + "' is neither a folder nor s3://bucket/prefix");
    } else if (WILDCARD.matcher(lake).find()) {
      throw wrong("'" + lake + "' contains a wildcard; give one folder or prefix");
    }
    return lake;
  }

  /** Scheme, host and port of a service only. */
  public static URI service(String given) {
    // Masks a password in a URL.
    String shown = "'" + ForeignText.oneLine(given) + "'";
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
      throw wrong(shown + " is not a URL");
    }
    throw wrong(shown + " must be scheme, host and port only, for example https://host");
  }

  /** A reference to credentials; a wrong one may be a secret and is not repeated. */
  public static CredentialsRef credentials(String given) {
    try {
      return CredentialsRef.parse(given);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** An integer within bounds, both inclusive. */
  public static int number(String given, int least, int most) {
    try {
      int number = Integer.parseInt(given);
      if (number < least) {
        throw wrong(number + " is below " + least);
      } else if (number > most) {
        throw wrong(number + " is above " + most);
      }
      return number;
    } catch (NumberFormatException e) {
      throw wrong(wrongNumber(given));
    }
  }

  /** A day. */
  public static LocalDate day(String given) {
    try {
      if (given.length() == "2026-11-20".length()) {
        return LocalDate.parse(given);
      }
    } catch (DateTimeException e) {
      throw wrong("'" + shown(given) + "' is not a date like 2026-11-20");
    }
    throw wrong("'" + shown(given) + "' is not a date like 2026-11-20");
  }

  /** The exit codes to turn into 0 for a scheduler. */
  public static Set<Integer> okExitCodes(String given) {
    Set<Integer> codes = new TreeSet<>();
    for (String code : given.split(",")) {
      switch (code.strip()) {
        case "" -> {
          // None.
        }
        case "3" -> codes.add(ExitCode.TOO_MANY_REJECTED.number());
        case "4" -> codes.add(ExitCode.STOPPED_EARLY.number());
        default -> throw wrong("'" + shown(code.strip()) + "' is neither 3 nor 4");
      }
    }
    return codes;
  }

  /** One of the given words. */
  public static String oneOf(List<String> words, String given) {
    if (!words.contains(given)) {
      throw noneOf(words, given);
    }
    return given;
  }

  /** The exception for a value that is not one of these words. */
  public static TypeConversionException noneOf(List<String> words, String given) {
    return wrong("'" + shown(given) + "' is none of " + String.join(", ", words));
  }

  /** The message for a value that should be an integer. */
  public static String wrongNumber(String given) {
    return "'"
        + shown(given)
        + "' "
        + (given.matches("[+-]?\\d+") ? "is too large a number" : "is not a whole number");
  }

  /** The exception for a wrong value. */
  public static TypeConversionException wrong(String words) {
    return new TypeConversionException(words);
  }

  /** The text on one line, shortened if too long. */
  public static String shown(String text) {
    String clean = ForeignText.oneLine(text);
    return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "...";
  }
}
