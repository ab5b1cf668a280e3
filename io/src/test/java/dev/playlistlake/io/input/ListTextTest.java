package dev.playlistlake.io.input;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        (MARK + TEXT).getBytes(Charset.forName("UTF-32LE")),
        new byte[] {'P', 'A', 'R', '1', 0, 0, 1},
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0},
        new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
  }

  @ParameterizedTest
  @MethodSource("noTexts")
  void refusesWhatIsNoText(byte[] bytes) {
    InputException e = assertThrows(InputException.class, () -> ListText.decode("list.csv", bytes));
    assertThat(e.getMessage(), containsString("'list.csv' is no text file"));
  }

  @ParameterizedTest
  @CsvSource({
    "'id,name\\r\\n1,a\\r\\n2,\u00fc\\r\\n', windows-1252, 3",
    "'\u00e9', ISO-8859-1, 1",
    "'a\\rb\\r\u00df\\r', ISO-8859-1, 3",
    "'a\\n\\n\u00c4rger', windows-1252, 3",
  })
  void anotherEncodingIsRefusedWithTheLineAndWhatToDo(String text, String charset, int line) {
    byte[] bytes = unescaped(text).getBytes(Charset.forName(charset));
    InputException e = assertThrows(InputException.class, () -> ListText.decode("list.csv", bytes));
    assertThat(
        e.getMessage(), allOf(containsString("line " + line + ";"), containsString("CSV UTF-8")));
  }

  @Test
  void aWorkbookIsNamed() {
    byte[] zip = {'P', 'K', 3, 4, 20, 0, 6, 0};
    InputException e = assertThrows(InputException.class, () -> ListText.decode("list.xlsx", zip));
    assertThat(e.getMessage(), allOf(containsString("workbook"), containsString("CSV UTF-8")));
  }

  @Test
  void marksOfFilesThatWerePutTogetherGo() throws InputException {
    String twice = MARK + "id\n1\n" + MARK + "id\n2\n";
    assertThat(ListText.decode("list", twice.getBytes(UTF_8)), is("id\n1\nid\n2\n"));
    assertThat(ListText.decode("list", twice.getBytes(UTF_16BE)), is("id\n1\nid\n2\n"));
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
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
