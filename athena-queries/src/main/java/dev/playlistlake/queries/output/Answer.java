package dev.playlistlake.queries.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a printer of answers is given, in this order: the columns, each row, the end. */
public interface Answer {
  /**
   * A column.
   *
   * @param type as DuckDB calls it
   * @param isNumber whether its values are numbers
   */
  record Column(String name, String type, boolean isNumber) {}

  /** Called once, before any row. */
  void columns(List<Column> columns);

  /** A row: a value a column, as {@link Values} makes them. */
  void row(List<@Nullable Object> row);

  /** Called once, after the last row. */
  void end();
}
