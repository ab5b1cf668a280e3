package dev.playlistlake.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query results as text. */
public final class Sql {
  private Sql() {}

  /**
   * The rows of a query in its order, each as its values joined by {@code |}.
   *
   * @throws SQLException if the query fails
   */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    return values(connection, sql).stream().map(row -> String.join("|", row)).toList();
  }

  /**
   * The rows of a query in its order.
   *
   * @throws SQLException if the query fails
   */
  public static List<List<@Nullable String>> values(Connection connection, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(result.getString(column));
        }
        rows.add(values);
      }
      return rows;
    }
  }

  /**
   * The column names of a query.
   *
   * @throws SQLException if the query fails
   */
  public static List<String> columns(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> names = new ArrayList<>();
      for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
        names.add(result.getMetaData().getColumnName(column));
      }
      return names;
    }
  }
}
