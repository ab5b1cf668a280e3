package dev.playlistlake.queries.output;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** RFC 4180, with a header; for Excel, no text is a formula. */
final class CsvPrinter implements Answer {
  private static final Pattern NEEDS_QUOTES = Pattern.compile("(?s)|.*[\",\r\n].*");

  /** How Excel recognises UTF-8. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final Pattern STARTS_A_FORMULA = Pattern.compile("(?s)[=+\\-@\t].*");

  private final Writer out;
  private final boolean forExcel;

  CsvPrinter(Writer out, boolean forExcel) {
    this.out = out;
    this.forExcel = forExcel;
  }

  @Override
  public void columns(List<Column> columns) {
    if (forExcel) {
      write(BYTE_ORDER_MARK);
    }
    line(columns.stream().map(column -> field(column.name())).collect(joining(",")));
  }

  @Override
  public void row(List<@Nullable Object> row) {
    line(row.stream().map(value -> value == null ? "" : field(cell(value))).collect(joining(",")));
  }

  @Override
  public void end() {}

  private String cell(Object value) {
    String text = Values.text(value);
    return forExcel && value instanceof String && STARTS_A_FORMULA.matcher(text).matches()
        ? "'" + text
        : text;
  }

  private static String field(String text) {
    return NEEDS_QUOTES.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private void line(String line) {
    write(line + "\r\n");
  }

  private void write(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
