package dev.playlistlake.queries.output;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** RFC 4180, with a header. */
final class CsvPrinter implements Answer {
  private static final Pattern NEEDS_QUOTES = Pattern.compile("(?s)|.*[\",\r\n].*");

  private final Writer out;

  CsvPrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void columns(List<Column> columns) {
    line(columns.stream().map(column -> field(column.name())).collect(joining(",")));
  }

  @Override
  public void row(List<@Nullable Object> row) {
    line(
        row.stream()
            .map(value -> value == null ? "" : field(Values.text(value)))
            .collect(joining(",")));
  }

  @Override
  public void end() {}

  private static String field(String text) {
    return NEEDS_QUOTES.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private void line(String line) {
    try {
      out.write(line + "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
