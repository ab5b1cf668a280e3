package dev.playlistlake.queries.duckdb;

import dev.playlistlake.schema.LakeTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The views of the stored tables, each over the files to read. DuckDB takes the columns from the
 * newest file that is here and opens another one only when a statement needs its day; it opens all
 * of them where the newest lacks a column, or a statement needs one that an older file lacks.
 */
final class TableViews {
  /** The part of a stored view that reads files; without it the view has columns but no rows. */
  private static final Pattern OF_FILES =
      Pattern.compile("(?s)  UNION ALL BY NAME\n(.*?\n  \\)\n)");

  private static final Pattern COLUMN = Pattern.compile("CAST\\(NULL AS .*\\) AS (\\w+),\n");

  /** Where the prelude takes the day from. */
  private static final String DAY_OF_FILE = "day_of(filename) AS ingest_date";

  private static final String BY_PATH = "filename = true, hive_partitioning = false";

  /** Only so DuckDB prunes days that it learns while a statement runs. */
  private static final String DAY_OF_KEY = "ingest_date AS ingest_date";

  private static final String BY_KEY =
      "hive_partitioning = true, hive_types = {'ingest_date': VARCHAR}";

  private final Connection connection;
  private final AbsentFiles absent;
  private final boolean hasKeyAbove;
  private final Map<String, String> views = new HashMap<>();
  private final Map<String, List<Path>> files = new HashMap<>();
  private final Set<String> united = new HashSet<>();

  /**
   * Views over the files of a lake.
   *
   * @param lake its folder; DuckDB takes {@code name=value} in its path for a column
   */
  TableViews(Connection connection, Path lake, AbsentFiles absent) {
    this.connection = connection;
    this.absent = absent;
    this.hasKeyAbove = lake.toString().contains("=");
  }

  /**
   * Adds a table without files.
   *
   * @param view the prelude's statement for it
   */
  void add(String table, String view) throws SQLException {
    views.put(table, view);
    create(table, List.of());
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
    List<Path> newestFirst = new ArrayList<>(of);
    newestFirst.sort(
        Comparator.comparing(absent::isAbsent).thenComparing(Comparator.reverseOrder()));
    files.put(table, newestFirst);
    String view = views.getOrDefault(table, "");
    if (of.isEmpty()) {
      execute(OF_FILES.matcher(view).replaceFirst(""));
      return;
    }
    String variable = "files_of_" + table;
    execute("SET VARIABLE %s = %s".formatted(variable, list(newestFirst)));
    if (!united.contains(table) && lacksColumns(view, newestFirst.get(0))) {
      united.add(table);
    }
    String overFiles =
        OF_FILES
            .matcher(view)
            .replaceFirst(
                "  UNION ALL BY NAME\n  SELECT * FROM read_parquet(getvariable('%s'), %s, union_by_name = %s)\n"
                    .formatted(variable, hasKeyAbove ? BY_PATH : BY_KEY, united.contains(table)));
    execute(hasKeyAbove ? overFiles : overFiles.replace(DAY_OF_FILE, DAY_OF_KEY));
  }

  private boolean lacksColumns(String view, Path newest) throws SQLException {
    String columns =
        COLUMN
            .matcher(view)
            .results()
            .map(match -> match.group(1))
            .filter(name -> !name.equals(LakeTable.INGEST_DATE))
            .collect(Collectors.joining(", "));
    try {
      execute(
          "SELECT %s FROM read_parquet(%s) LIMIT 0".formatted(columns, literal(newest.toString())));
      return false;
    } catch (SQLException e) {
      if (SqlError.of(e).isMissingColumn()) {
        return true;
      }
      throw e;
    }
  }

  /**
   * Makes DuckDB read these tables' columns from all files.
   *
   * @return whether it did not yet for one of them
   */
  boolean unite(Set<String> tables) throws SQLException {
    boolean isNew = false;
    for (String table : tables) {
      if (!filesOf(table).isEmpty() && united.add(table)) {
        create(table, filesOf(table));
        isNew = true;
      }
    }
    return isNew;
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

  /** Texts as an SQL list. */
  static String list(List<?> texts) {
    return texts.stream()
        .map(text -> literal(text.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** A text as an SQL literal. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
