package dev.playlistlake.queries.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives a result to print, in this order: columns, each row, end. */
public interface Answer {
  /**
   * A column.
   *
   * @param type DuckDB's name for it
   * @param isNumber whether its values are numbers
   */
  record Column(String name, String type, boolean isNumber) {}

  /** Called once, before any row. */
  void columns(List<Column> columns);

  /** A row: one value per column, as {@link Values} converts them. */
  void row(List<@Nullable Object> row);

  /** Called once, after the last row. */
  void end();
}
