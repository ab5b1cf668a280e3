package dev.playlistlake.io.spotify.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7                 | 7",
        "-7                | -7",
        "7.0               | 7",
        "1e3               | 1000",
        "'\"7\"'           | 7",
        "'\" 7 \"'         | 7",
        "'\"7.0\"'         | 7",
        "2147483647        | 2147483647",
        "2147483648        |",
        "7.5               |",
        "1e1000000000      |",
        "'\"1e-1000000000\"'|",
        "'\"1e1000000000\"'|",
        "'\"seven\"'       |",
        "'\"\"'            |",
        "true              |",
        "null              |",
        "[7]               |",
        "{}                |",
      })
  void wholeNumbersOfAnyForm(String value, @Nullable Integer number) {
    assertThat(JsonFields.number(of(value), "x"), is(number));
    assertThat(JsonFields.number(of(value), "other"), is(nullValue()));
    assertThat(JsonFields.number(null, "x"), is(nullValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "null", "[]", "{}", "[\"x\"]"})
  void whatIsNoTextIsNull(String value) {
    assertThat(JsonFields.text(of(value), "x"), is(nullValue()));
    assertThat(JsonFields.instant(of(value), "x"), is(nullValue()));
  }

  @Test
  void textIsKeptAsItIs() {
    assertThat(
        JsonFields.text(of("\"\\u0000\\ud83c\\udfa7 \\u202eab\""), "x"), is("\0🎧 \u202eab"));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "'\"true\"',", "1,", "null,"})
  void flags(String value, @Nullable Boolean flag) {
    assertThat(JsonFields.flag(of(value), "x"), is(flag));
  }

  @ParameterizedTest
  @CsvSource({
    "2019-02-03T08:30:05Z, 2019-02-03T08:30:05Z",
    "2019-02-03T08:30:05+02:00, 2019-02-03T06:30:05Z",
    "2019-02-03T08:30:05.1234567Z, 2019-02-03T08:30:05.123456Z",
    "1970-01-01T00:00:00Z,",
    "2019-02-30T08:30:05Z,",
    "2019-02-03,",
    "yesterday,",
    "+292278994-08-17T07:12:55Z,",
    "'',",
  })
  void pointsInTime(String written, @Nullable Instant time) {
    assertThat(JsonFields.instant(of('"' + written + '"'), "x"), is(time));
  }

  @Test
  void listsWithOddMembers() {
    JsonNode list = of("[null, {\"url\": \"u\"}, 7, \"t\", [1], {}]");
    assertThat(JsonFields.objects(list, "x"), hasSize(2));
    assertThat(JsonFields.texts(list, "x"), is(List.of("t")));
    assertThat(JsonFields.texts(of("\"rock\""), "x"), is(nullValue()));
    assertThat(JsonFields.objects(of("{}"), "x"), hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"images\": null}",
        "{\"images\": []}",
        "{\"images\": [null]}",
        "{\"images\": [{\"url\": 7}]}",
        "{\"images\": \"u\"}"
      })
  void noImage(String json) {
    assertThat(JsonFields.firstImage(parse(json)), is(nullValue()));
  }

  @Test
  void theFirstImage() {
    assertThat(
        JsonFields.firstImage(parse("{\"images\": [{\"url\": \"a\"}, {\"url\": \"b\"}]}")),
        is("a"));
  }

  private static JsonNode of(String value) {
    return parse("{\"x\": " + value + "}");
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
