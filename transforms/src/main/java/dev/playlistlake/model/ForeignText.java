package dev.playlistlake.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text that others have written (entries of lists, names, flags, messages of services), on its way
 * to a terminal, a page or a log. What would move a cursor, colour a terminal, end a line or turn
 * text around is neutralised, and a URL's password is left out.
 */
public final class ForeignText {
  /** Stands for text that may not be shown. */
  public static final String NOT_SHOWN = "[not shown]";

  private static final Pattern CREDENTIALS = Pattern.compile("//(?:[^/?#\\s:]*:\\S*|[^/?#\\s]*)@");

  private ForeignText() {}

  /** The text on one line: what is unsafe is a space. */
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

  /**
   * The text on one line, in which what is unsafe can be seen: {@code \n}, <code>&#92;u001B</code>.
   */
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

  /** The text without users and passwords of URLs: {@code https://...@host/}. */
  public static String withoutPasswords(String text) {
    return CREDENTIALS.matcher(text).replaceAll("//...@");
  }

  /** C0, C1, half a surrogate pair, separators of lines, and controls of the writing direction. */
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
