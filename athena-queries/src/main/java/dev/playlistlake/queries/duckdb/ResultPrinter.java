package dev.playlistlake.queries.duckdb;

import dev.playlistlake.queries.output.Answer;
import dev.playlistlake.queries.output.Answer.Column;
import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.queries.output.Values;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints DuckDB's result row by row. */
final class ResultPrinter {
  /** Rows between checks that the output is still being read. */
  private static final int ROWS_A_LOOK = 1_000;

  private static final Pattern NUMBER =
      Pattern.compile(
          "U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\\(.*|BIGNUM");

  private ResultPrinter() {}

  static void print(ResultSet result, AnswerFormat format, PrintStream out) throws SQLException {
    // Always UTF-8, whatever the stream's charset: files are read elsewhere.
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    try {
      Answer printer = format.printer(writer);
      ResultSetMetaData about = result.getMetaData();
      int count = about.getColumnCount();
      List<Column> columns = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        columns.add(column(about, i));
      }
      printer.columns(columns);
      for (long rows = 1; result.next(); rows++) {
        List<@Nullable Object> row = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
          row.add(value(result, i, columns.get(i - 1)));
        }
        printer.row(row);
        if (rows % ROWS_A_LOOK == 0 && out.checkError()) {
          return;
        }
      }
      printer.end();
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints a plan, which DuckDB returns as lines of text. */
  static void printPlan(ResultSet result, PrintStream out) throws SQLException {
    while (result.next()) {
      out.writeBytes(result.getString("explain_value").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Column column(ResultSetMetaData about, int i) throws SQLException {
    String type = about.getColumnTypeName(i);
    return new Column(about.getColumnName(i), type, NUMBER.matcher(type).matches());
  }

  private static @Nullable Object value(ResultSet result, int i, Column column)
      throws SQLException {
    // A Timestamp would be in this process's time zone, which may skip an hour.
    return Values.of(
        column.type().equals("TIMESTAMP")
            ? result.getObject(i, LocalDateTime.class)
            : result.getObject(i));
  }
}
