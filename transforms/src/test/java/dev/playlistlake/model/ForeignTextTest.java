package dev.playlistlake.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 9, 10, 13, 27, 31, 127, 0x80, 0x85, 0x9B, 0x9D, 0x9F, 0x61C, 0x200E, 0x200F,
        0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xD800
      })
  void whatWouldMoveACursorOrTurnTextAroundIsNeutralised(int codePoint) {
    String text = "a" + Character.toString(codePoint) + Character.toString(codePoint) + "b";
    assertThat(ForeignText.oneLine(text), is("a b"));
    assertThat(ForeignText.visible(text).chars().allMatch(c -> c >= ' ' && c < 127), is(true));
  }

  @Test
  void whatPeopleWriteStays() {
    String text = "Sigur Rós – 東京 \uD83C\uDFB5 עברית, 'quoted' <b>";
    assertThat(ForeignText.oneLine(text), is(text));
    assertThat(ForeignText.visible(text), is(text));
  }

  @Test
  void passwordsOfUrlsAreLeftOut() {
    assertThat(
        ForeignText.oneLine("see https://me:hunter2@host/x and ftp://t0ken@h"),
        is("see https://...@host/x and ftp://...@h"));
    assertThat(
        ForeignText.oneLine("http://u:se/cret@host and http://u:se#c?ret@h/x"),
        is("http://...@host and http://...@h/x"));
    assertThat(ForeignText.visible("http://u:se/cret@host"), is("http://...@host"));
    assertThat(ForeignText.oneLine("https://host/@me"), is("https://host/@me"));
  }
}
