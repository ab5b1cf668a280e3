package dev.playlistlake.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Foreign text (list entries, names, flags, messages of services) on its way to a terminal, a page
 * or a log. Characters that move a cursor, colour a terminal, end a line or reverse text are
 * neutralised, and a URL's password is removed.
 */
public final class ForeignText {
  /** Replaces text that may not be shown. */
  public static final String NOT_SHOWN = "[not shown]";

  private static final Pattern CREDENTIALS = Pattern.compile("//(?:[^/?#\\s:]*:\\S*|[^/?#\\s]*)@");

  private ForeignText() {}

  /** The text on one line, with spaces for unsafe characters. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    withoutPasswords(text)
        .codePoints()
        .forEach(
            c -> {
              if (!isUnsafe(c)) {
                line.appendCodePoint(c);
              } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
              }
            });
    return line.toString().strip();
  }

  /** The text on one line, with unsafe characters visible: {@code \n}, <code>&#92;u001B</code>. */
  public static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    withoutPasswords(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                  if (isUnsafe(c)) {
                    shown.append(String.format(Locale.ROOT, "\\u%04X", c));
                  } else {
                    shown.appendCodePoint(c);
                  }
                }
              }
            });
    return shown.toString();
  }

  /**
   * Pasted text without invisible characters (zero-width ones, marks of byte order or direction)
   * and without spaces of any kind at its ends.
   */
  public static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder kept = new StringBuilder(end - start);
    text.substring(start, end)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /** Not by {@code strip}: for that a space that does not break a line is none. */
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** The text without users and passwords in URLs: {@code https://...@host/}. */
  public static String withoutPasswords(String text) {
    return CREDENTIALS.matcher(text).replaceAll("//...@");
  }

  /** C0, C1, half a surrogate pair, line separators, and bidirectional controls. */
  private static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default ->
          codePoint == 0x061C
              || codePoint == 0x200E
              || codePoint == 0x200F
              || (codePoint >= 0x202A && codePoint <= 0x202E)
              || (codePoint >= 0x2066 && codePoint <= 0x2069);
    };
  }
}
