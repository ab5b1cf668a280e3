package dev.playlistlake.io.spotify.api;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A release date as Spotify writes it: {@code 2021}, {@code 2021-02}, {@code 2021-02-28}, or {@code
 * 0000} for unknown.
 *
 * @param year null for 0000 and for an invalid date
 * @param day null unless precise to the day and in the calendar
 */
record ReleaseDate(@Nullable Integer year, @Nullable LocalDate day) {
  private static final Pattern FORM = Pattern.compile("(\\d{4})(-\\d{2}(-\\d{2})?)?");
  private static final ReleaseDate UNKNOWN = new ReleaseDate(null, null);

  static ReleaseDate of(@Nullable String written, @Nullable String precision) {
    Matcher form = FORM.matcher(written == null ? "" : written);
    if (written == null || !form.matches()) {
      return UNKNOWN;
    }
    int year = Integer.parseInt(form.group(1));
    if (year == 0) {
      return UNKNOWN;
    }
    boolean toTheDay = form.group(3) != null && (precision == null || precision.equals("day"));
    return new ReleaseDate(year, toTheDay ? day(written) : null);
  }

  private static @Nullable LocalDate day(String written) {
    try {
      return LocalDate.parse(written);
    } catch (DateTimeException e) {
      // 2021-02-30 and similar.
      return null;
    }
  }
}
