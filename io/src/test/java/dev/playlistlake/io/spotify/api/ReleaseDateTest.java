package dev.playlistlake.io.spotify.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseDateTest {

  @ParameterizedTest
  @CsvSource({
    "2021, year, 2021,",
    "2021-02, month, 2021,",
    "2021-02-03, day, 2021, 2021-02-03",
    "2021-02-03, , 2021, 2021-02-03",
    "2020-02-29, day, 2020, 2020-02-29",
    "2021-02-30, day, 2021,",
    "2021-02-29, day, 2021,",
    "2021-13-01, day, 2021,",
    "2021-13, month, 2021,",
    "1994-00-00, day, 1994,",
    "2021-02-03, year, 2021,",
    "2021, day, 2021,",
    "0000, year, ,",
    "0000-00-00, day, ,",
    "'', day, ,",
    ", day, ,",
    "soon, day, ,",
    "2021-2-3, day, ,",
    "02/03/2021, day, ,",
    "20210203, day, ,",
    "12021-02-03, day, ,",
    "-2021, year, ,",
    "２０２１, year, ,",
  })
  void readsWhatSpotifyWrites(
      @Nullable String written,
      @Nullable String precision,
      @Nullable Integer year,
      @Nullable LocalDate day) {
    assertThat(ReleaseDate.of(written, precision), is(new ReleaseDate(year, day)));
  }
}
