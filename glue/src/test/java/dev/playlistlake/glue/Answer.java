package dev.playlistlake.glue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an engine answers to a query, in a form that is the same for Trino and DuckDB where the
 * values are:
 *
 * <ul>
 *   <li>names of columns as they are; types do not count, so a 7 is a 7 in whatever width
 *   <li>NULL, true and false as words, text in quotes, so that it is no number and no NULL
 *   <li>whole numbers in digits; decimals and doubles rounded to 12 significant digits without
 *       zeros at the end, as a sum of doubles depends on the order of adding
 *   <li>dates and timestamps in ISO 8601; a timestamp has no zone and as many digits as it needs
 *   <li>lists as {@code [a, b]} in their order, structs as {@code (a, b)} without names
 * </ul>
 *
 * @param columns their names
 * @param rows in the engine's order, each as its values
 */
record Answer(List<String> columns, List<List<String>> rows) {
  private static final MathContext DIGITS = new MathContext(12);
  private static final int SHOWN = 5;

  /** Asks. */
  static Answer of(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return of(result);
    }
  }

  static Answer of(ResultSet result) throws SQLException {
    ResultSetMetaData about = result.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      columns.add(about.getColumnLabel(i));
    }
    List<List<String>> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(
            about.getColumnTypeName(i).toLowerCase(Locale.ROOT).startsWith("timestamp")
                ? timestamp(result.getString(i))
                : text(result.getObject(i)));
      }
      rows.add(row);
    }
    return new Answer(columns, rows);
  }

  /** The same rows in an order that depends on them alone. */
  Answer sorted() {
    return new Answer(
        columns, rows.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList());
  }

  /**
   * Fails where names or order of columns, values or order of rows are not equal; the message shows
   * the first rows that differ.
   */
  void assertSame(String what, Answer other) {
    if (equals(other)) {
      return;
    }
    StringBuilder message = new StringBuilder(what);
    if (!columns.equals(other.columns)) {
      message.append(
          ": columns differ%n  Trino  %s%n  DuckDB %s".formatted(columns, other.columns));
    } else {
      message.append(
          ": rows differ; Trino gives %d, DuckDB %d".formatted(rows.size(), other.rows.size()));
      int shown = 0;
      for (int i = 0; i < Math.max(rows.size(), other.rows.size()) && shown < SHOWN; i++) {
        String difference = difference(row(i), other.row(i));
        if (!difference.isEmpty()) {
          shown++;
          message.append("%n row %d%s".formatted(i + 1, difference));
        }
      }
    }
    throw new AssertionError(message.toString());
  }

  private @Nullable List<String> row(int i) {
    return i < rows.size() ? rows.get(i) : null;
  }

  private String difference(@Nullable List<String> trino, @Nullable List<String> duckDb) {
    if (trino == null || duckDb == null) {
      return "%n  Trino  %s%n  DuckDB %s"
          .formatted(
              trino == null ? "no such row" : trino, duckDb == null ? "no such row" : duckDb);
    }
    StringBuilder difference = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      if (!trino.get(i).equals(duckDb.get(i))) {
        difference.append(
            ", %s: Trino %s, DuckDB %s".formatted(columns.get(i), trino.get(i), duckDb.get(i)));
      }
    }
    return difference.isEmpty() ? "" : difference + "%n  of %s".formatted(trino);
  }

  private static String timestamp(@Nullable String text) {
    return text == null ? "NULL" : LocalDateTime.parse(text.replace(' ', 'T')).toString();
  }

  private static String text(@Nullable Object value) throws SQLException {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof String string) {
      return "'" + string + "'";
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? rounded(value instanceof BigDecimal exact ? exact : BigDecimal.valueOf(number))
          : String.valueOf(number);
    }
    if (value instanceof Array array) {
      return "[" + texts((Object[]) array.getArray()) + "]";
    }
    if (value instanceof List<?> list) {
      return "[" + texts(list.toArray()) + "]";
    }
    if (value instanceof Struct struct) {
      return "(" + texts(struct.getAttributes()) + ")";
    }
    if (value instanceof io.trino.jdbc.Row row) {
      List<@Nullable Object> fields = new ArrayList<>();
      row.getFields().forEach(field -> fields.add(field.getValue()));
      return "(" + texts(fields.toArray()) + ")";
    }
    if (value instanceof Boolean
        || value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof java.time.LocalDate
        || value instanceof java.sql.Date) {
      return value.toString();
    }
    throw new IllegalArgumentException("no common form for a " + value.getClass());
  }

  private static String rounded(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.round(DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String texts(@Nullable Object[] values) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(text(value));
    }
    return String.join(", ", texts);
  }
}
