package dev.playlistlake.io.spotify.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Retry-After header: seconds, also with a fraction, or an HTTP date. */
public final class RetryAfter {
  /** A longer wait makes no difference, and some servers send absurd numbers. */
  private static final long MOST_SECONDS = Duration.ofDays(366).toSeconds();

  private static final BigDecimal MOST_MILLIS = BigDecimal.valueOf(MOST_SECONDS * 1_000);

  /** No exponent and no sign: such a number would be a mistake of the server's. */
  private static final Pattern SECONDS = Pattern.compile("\\d+(\\.\\d*)?|\\.\\d+");

  private RetryAfter() {}

  /** The wait from now, never shorter than given; null if the header is missing or invalid. */
  public static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String written = header.strip();
    if (SECONDS.matcher(written).matches()) {
      BigDecimal millis = new BigDecimal(written).movePointRight(3);
      // A fraction of a millisecond is rounded up: a request that is early is refused again.
      return Duration.ofMillis(
          millis.min(MOST_MILLIS).setScale(0, RoundingMode.CEILING).longValueExact());
    }
    try {
      Instant until =
          ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, until);
      return Duration.ofSeconds(
          Math.max(0, Math.min(wait.plusMillis(999).toSeconds(), MOST_SECONDS)));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
