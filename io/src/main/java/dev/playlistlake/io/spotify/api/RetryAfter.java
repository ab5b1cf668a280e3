package dev.playlistlake.io.spotify.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The Retry-After header: seconds, or an HTTP date. */
public final class RetryAfter {
  /** A longer wait makes no difference, and some servers send absurd numbers. */
  private static final long MOST_SECONDS = Duration.ofDays(366).toSeconds();

  private RetryAfter() {}

  /** The wait from now; null if the header is missing or invalid. */
  public static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String written = header.strip();
    if (written.matches("\\d+")) {
      long seconds = written.length() > 10 ? MOST_SECONDS : Long.parseLong(written);
      return Duration.ofSeconds(Math.min(seconds, MOST_SECONDS));
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
