package dev.playlistlake.io.input;

import dev.playlistlake.model.ForeignText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A list file's bytes as text: UTF-8, or UTF-16 if it starts with that byte order mark. Another
 * encoding is never guessed.
 */
final class ListText {
  private static final int LONGEST_SHOWN = 80;

  private ListText() {}

  /**
   * The text, without byte order marks: files that were put together have them in the middle too.
   *
   * @throws InputException if it is not text in one of these encodings
   */
  static String decode(String name, byte[] bytes) throws InputException {
    if (startsWith(bytes, 'P', 'K', 3, 4)) {
      throw new InputException(
          "'" + name + "' is a workbook or another zip file; save the sheet as 'CSV UTF-8'");
    }
    Charset charset = StandardCharsets.UTF_8;
    if (startsWith(bytes, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
    } else if (startsWith(bytes, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
    }
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    boolean whole =
        !charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes), decoded, /* endOfInput= */ true)
            .isError();
    String text = decoded.flip().toString().replace("\uFEFF", "");
    boolean isBinary =
        charset.equals(StandardCharsets.UTF_8)
            ? new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0
            : !whole || text.indexOf('\0') >= 0;
    if (isBinary) {
      throw new InputException(
          "'" + name + "' is no text file; give a text or CSV file in UTF-8, one entry per line");
    } else if (!whole) {
      long line = (text + "x").lines().count();
      throw new InputException(
          "'%s' is not UTF-8 in line %s; save it as UTF-8 (in a spreadsheet: as 'CSV UTF-8')"
              .formatted(name, line));
    }
    return text;
  }

  /** A part of a list for a message: one line, no control characters, not long. */
  static String shown(String text) {
    String clean = ForeignText.oneLine(text);
    return clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN) + "...";
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
