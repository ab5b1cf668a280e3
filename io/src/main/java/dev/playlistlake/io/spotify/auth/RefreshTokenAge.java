package dev.playlistlake.io.spotify.auth;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The lifetime of a refresh token: six months from the day on which its user agreed. Renewing it,
 * even with a new token, does not extend that.
 *
 * @param on the day, UTC
 */
record RefreshTokenAge(LocalDate on) {
  private static final int MONTHS = 6;
  private static final int DAYS_OF_WARNING = 30;

  /** Parses a day; empty if it is not a valid one. */
  static Optional<RefreshTokenAge> parse(String written) {
    String day = written.strip();
    if (day.length() != "2026-11-20".length()) {
      // A year may have nine digits and a sign; six months after the last one is out of range.
      return Optional.empty();
    }
    try {
      return Optional.of(new RefreshTokenAge(LocalDate.parse(day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  LocalDate endsOn() {
    return on.plusMonths(MONTHS);
  }

  boolean isOver(Clock clock) {
    return !today(clock).isBefore(endsOn());
  }

  boolean endsSoon(Clock clock) {
    return !today(clock).isBefore(endsOn().minusDays(DAYS_OF_WARNING));
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
