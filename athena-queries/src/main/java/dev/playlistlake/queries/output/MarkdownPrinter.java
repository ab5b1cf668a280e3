package dev.playlistlake.queries.output;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.model.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table in GitHub's Markdown. */
final class MarkdownPrinter implements Answer {
  private final Writer out;

  MarkdownPrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void columns(List<Column> columns) {
    line(columns.stream().map(column -> cell(column.name())).toList());
    line(columns.stream().map(column -> column.isNumber() ? "---:" : "---").toList());
  }

  @Override
  public void row(List<@Nullable Object> row) {
    line(row.stream().map(value -> value == null ? "" : cell(Values.text(value))).toList());
  }

  @Override
  public void end() {}

  private static String cell(String text) {
    return text.lines()
        .map(ForeignText::visible)
        .map(line -> line.replaceAll("[\\\\|`*<\\[]", "\\\\$0"))
        .collect(joining("<br>"));
  }

  private void line(List<String> cells) {
    try {
      out.write(cells.stream().collect(joining(" | ", "| ", " |")) + System.lineSeparator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
