package dev.playlistlake.io.spotify.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-20T06:00:00.400Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7                              | PT7S",
        "0                              | PT0S",
        "' 12 '                         | PT12S",
        "86400                          | PT24H",
        "99999999999999999999999999     | PT8784H",
        "9999999999                     | PT8784H",
        "Fri, 20 Nov 2026 06:00:30 GMT  | PT30S",
        "Fri, 20 Nov 2026 05:00:00 GMT  | PT0S",
        "Fri, 31 Dec 9999 00:00:00 GMT  | PT8784H",
        "soon                           |",
        "-3                             |",
        "1.5                            | PT1.5S",
        "0.25                           | PT0.25S",
        "' 30.0 '                       | PT30S",
        "0.0                            | PT0S",
        "2.                             | PT2S",
        ".5                             | PT0.5S",
        "0.0001                         | PT0.001S",
        "59.99999                       | PT1M",
        "99999999999999999999999999.9   | PT8784H",
        "1.5.2                          |",
        "1.5s                           |",
        "'1,5'                          |",
        "-1.5                           |",
        "1e3                            |",
        ".                              |",
        "NaN                            |",
        "Infinity                       |",
        "''                             |",
        "                               |",
      })
  void readsSecondsAndDates(@Nullable String header, @Nullable Duration wait) {
    assertThat(RetryAfter.parse(header, NOW), is(wait));
  }
}
