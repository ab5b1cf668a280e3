package dev.playlistlake.queries.output;

import dev.playlistlake.model.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns, numbers to the right. The first thousand rows set the widths; later values may
 * stick out, so that a result of any length can be printed.
 */
final class TablePrinter implements Answer {
  private static final int ROWS_TO_MEASURE = 1_000;
  private static final String GAP = "  ";

  private final Writer out;
  private final List<List<String>> measured = new ArrayList<>();
  private List<Column> columns = List.of();
  private int[] widths = {};
  private long rows;
  private boolean begun;

  TablePrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void columns(List<Column> columns) {
    this.columns = columns;
    widths = new int[columns.size()];
    measured.add(columns.stream().map(column -> ForeignText.visible(column.name())).toList());
  }

  @Override
  public void row(List<@Nullable Object> row) {
    rows++;
    List<String> cells = row.stream().map(Values::text).map(ForeignText::visible).toList();
    if (begun) {
      print(cells);
      return;
    }
    measured.add(cells);
    if (measured.size() > ROWS_TO_MEASURE) {
      begin();
    }
  }

  @Override
  public void end() {
    begin();
    write(String.format(Locale.ROOT, "(%,d row%s)%n", rows, rows == 1 ? "" : "s"));
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    for (List<String> cells : measured) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(cells.get(i)));
      }
    }
    print(measured.get(0));
    print(Arrays.stream(widths).mapToObj("-"::repeat).toList());
    measured.stream().skip(1).forEach(this::print);
    measured.clear();
  }

  private void print(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String space = " ".repeat(Math.max(0, widths[i] - DisplayWidth.of(cells.get(i))));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).isNumber() ? space + cells.get(i) : cells.get(i) + space);
    }
    write(line.toString().stripTrailing() + System.lineSeparator());
  }

  private void write(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
