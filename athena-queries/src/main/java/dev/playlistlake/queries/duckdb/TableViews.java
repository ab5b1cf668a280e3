package dev.playlistlake.queries.duckdb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The views of the stored tables, each over the files to read. */
final class TableViews {
  /** The part of a stored view that reads files; without it the view has columns but no rows. */
  private static final Pattern OF_FILES = Pattern.compile("(?s)  UNION ALL BY NAME\n.*?\n  \\)\n");

  /** The prelude's file pattern for a table, replaced here by a list of files. */
  private static final Pattern BY_PATTERN =
      Pattern.compile("getvariable\\('lake'\\) \\|\\| '[^']+'");

  private final Connection connection;
  private final Map<String, String> views = new HashMap<>();
  private final Map<String, List<Path>> files = new HashMap<>();

  TableViews(Connection connection) {
    this.connection = connection;
  }

  /**
   * Adds a table that needs a view.
   *
   * @param view the prelude's statement for it
   */
  void add(String table, String view) {
    views.put(table, view);
  }

  Set<String> names() {
    return views.keySet();
  }

  List<Path> filesOf(String table) {
    return files.getOrDefault(table, List.of());
  }

  boolean allFilesAreThere() {
    return files.values().stream().flatMap(List::stream).allMatch(Files::exists);
  }

  /** Creates a table's view over these files. */
  void create(String table, List<Path> of) throws SQLException {
    files.put(table, of);
    String view = views.getOrDefault(table, "");
    String variable = "files_of_" + table;
    execute(
        "SET VARIABLE %s = [%s]"
            .formatted(
                variable,
                of.stream()
                    .map(file -> literal(file.toString()))
                    .collect(Collectors.joining(", "))));
    execute(
        of.isEmpty()
            ? OF_FILES.matcher(view).replaceFirst("")
            : BY_PATTERN.matcher(view).replaceFirst("getvariable('" + variable + "')"));
  }

  /** Whether the values of these columns are readable in a file. */
  boolean isReadable(Path file, String columns) throws SQLException {
    try {
      execute("SELECT " + columns + " FROM read_parquet(" + literal(file.toString()) + ")");
      return true;
    } catch (SQLException e) {
      if (SqlError.of(e).isOfFiles()) {
        return false;
      }
      throw e;
    }
  }

  /** Uses a new statement each time: older versions of DuckDB close one that failed. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A text as an SQL literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
