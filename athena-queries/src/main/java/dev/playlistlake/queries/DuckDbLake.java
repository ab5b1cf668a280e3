package dev.playlistlake.queries;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A lake on disk, read by DuckDB through the prelude and the views. */
public final class DuckDbLake {
  private DuckDbLake() {}

  /** A session in memory with the prelude and all views loaded over a lake's folder. */
  public static Connection open(Path lake) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET VARIABLE lake = '" + lake.toAbsolutePath().toString().replace("'", "''") + "'");
      statement.execute(SqlFiles.duckDbPrelude().text());
      for (SqlFiles.SqlFile view : SqlFiles.views()) {
        statement.execute(view.text());
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The rows of a query in its order, each as its values joined by {@code |}. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          values.add(String.valueOf(result.getString(column)));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }

  /** The names of a query's columns. */
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
