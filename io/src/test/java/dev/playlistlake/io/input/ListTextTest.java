package dev.playlistlake.io.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListTextTest {
  private static final String TEXT = "id,naïve 🎧\r\n1,é\n";
  private static final String MARK = "\uFEFF";

  static List<byte[]> texts() {
    return List.of(
        TEXT.getBytes(UTF_8),
        (MARK + TEXT).getBytes(UTF_8),
        (MARK + TEXT).getBytes(UTF_16LE),
        (MARK + TEXT).getBytes(UTF_16BE));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void decodesWhatEditorsWrite(byte[] bytes) throws InputException {
    assertThat(ListText.decode("list", bytes), is(TEXT));
  }

  static List<byte[]> noTexts() {
    return List.of(
        TEXT.getBytes(UTF_16LE),
        "é".getBytes(ISO_8859_1),
        (MARK + TEXT).getBytes(Charset.forName("UTF-32LE")),
        new byte[] {'P', 'A', 'R', '1', 0, 0, 1},
        new byte[] {(byte) 0x89, 'P', 'N', 'G'},
        new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
  }

  @ParameterizedTest
  @MethodSource("noTexts")
  void refusesWhatIsNoText(byte[] bytes) {
    InputException e = assertThrows(InputException.class, () -> ListText.decode("list.csv", bytes));
    assertThat(
        e.getMessage(),
        is("'list.csv' is no text file; give a text or CSV file in UTF-8, one entry a line"));
  }

  @Test
  void nothingIsAText() throws InputException {
    assertThat(ListText.decode("list", new byte[0]), is(""));
  }

  @Test
  void showsOneShortLine() {
    assertThat(ListText.shown("a\u001b[1m\n\u2028b"), is("a [1m b"));
    assertThat(ListText.shown("x".repeat(500)), is("x".repeat(80) + "..."));
  }
}
