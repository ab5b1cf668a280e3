package dev.playlistlake.queries.duckdb;

import dev.playlistlake.queries.sql.Nearest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** DuckDB's error for a query, as lines for the user. */
final class QuestionProblems {
  private final Connection connection;

  QuestionProblems(Connection connection) {
    this.connection = connection;
  }

  List<String> words(SqlError error, String sql) {
    List<String> words = new ArrayList<>();
    Map<String, List<String>> tables = tables();
    if (error.isMissingTable()) {
      words.add(
          "there is no table "
              + error.name()
              + error.place(sql)
              + didYouMean(Nearest.to(error.name(), tables.keySet())));
      words.add("the tables: " + String.join(", ", tables.keySet()));
    } else if (error.isMissingColumn()) {
      Set<String> asked = new TreeSet<>(new StatementCheck(connection).tablesOf(sql));
      asked.retainAll(tables.keySet());
      Set<String> columns = new TreeSet<>();
      asked.forEach(table -> columns.addAll(tables.getOrDefault(table, List.of())));
      List<String> near = Nearest.to(error.name(), columns);
      words.add(
          error.name().isEmpty()
              ? error.message() + error.place(sql)
              : "there is no column "
                  + error.name()
                  + error.place(sql)
                  + didYouMean(near.isEmpty() ? error.candidates() : near));
      if (!error.name().isEmpty() && sql.contains('"' + error.name() + '"')) {
        words.add("double quotes mean a column; put text in single quotes: '" + error.name() + "'");
      }
      asked.forEach(
          table ->
              words.add(
                  table + " has: " + String.join(", ", tables.getOrDefault(table, List.of()))));
    } else {
      words.add(error.message() + error.place(sql));
    }
    return words;
  }

  private static String didYouMean(List<String> near) {
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near);
  }

  /** The views with their columns, {@code stored_} views last. */
  private Map<String, List<String>> tables() {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
                    + " ORDER BY starts_with(table_name, 'stored_'), table_name, column_index")) {
      Map<String, List<String>> tables = new LinkedHashMap<>();
      while (result.next()) {
        tables
            .computeIfAbsent(result.getString(1), unused -> new ArrayList<>())
            .add(result.getString(2));
      }
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
