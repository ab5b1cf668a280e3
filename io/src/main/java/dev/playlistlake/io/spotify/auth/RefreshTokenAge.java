package dev.playlistlake.io.spotify.auth;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How long a refresh token lives: six months from the day on which its user agreed. Renewing it,
 * also by another one, does not prolong that.
 *
 * @param on the day, UTC
 */
record RefreshTokenAge(LocalDate on) {
  private static final int MONTHS = 6;
  private static final int DAYS_OF_WARNING = 30;

  /** Of a day as it is written; empty where that is none. */
  static Optional<RefreshTokenAge> parse(String written) {
    String day = written.strip();
    if (day.length() != "2026-11-20".length()) {
      // A year may have nine digits and a sign; six months after its last there is no day.
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
