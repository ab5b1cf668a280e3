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

/** Prints what DuckDB answers, row by row. */
final class ResultPrinter {
  /** After so many rows it is worth a look whether anybody still reads. */
  private static final int ROWS_A_LOOK = 1_000;

  private static final Pattern NUMBER =
      Pattern.compile(
          "U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\\(.*|BIGNUM");

  private ResultPrinter() {}

  static void print(ResultSet result, AnswerFormat format, PrintStream out) throws SQLException {
    // Bytes of UTF-8 whatever the stream would make of characters: files are read elsewhere.
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

  /** A plan is a drawing of many lines already. */
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
    // As a Timestamp it would be read in the zone of this process, which may lack an hour.
    return Values.of(
        column.type().equals("TIMESTAMP")
            ? result.getObject(i, LocalDateTime.class)
            : result.getObject(i));
  }
}
