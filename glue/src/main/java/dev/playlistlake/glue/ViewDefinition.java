package dev.playlistlake.glue;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.AthenaDdl;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A view in the form that a catalog needs.
 *
 * @param file its file
 * @param sentence the first line of its comment
 * @param select the query, without the comment and without CREATE VIEW
 * @param reads the tables and views that it reads
 * @param columns its columns, in order
 */
record ViewDefinition(
    SqlFile file, String sentence, String select, Set<String> reads, List<Column> columns) {
  private static final Pattern FILE =
      Pattern.compile(
          "(?s)-- ([^\\n]+)\\n(?:--[^\\n]*\\n)*CREATE OR REPLACE VIEW (\\w+) AS\\n(.+)");

  private static final Pattern SOURCE = Pattern.compile("(?i)\\b(?:FROM|JOIN)\\s+(\\w+)");

  /** A column of a view. */
  record Column(String name, ColumnType type) {}

  String name() {
    return file.name();
  }

  /**
   * All views, in a valid order of creation. Their columns are DuckDB's for an empty lake.
   *
   * @throws IllegalArgumentException if a file does not have a view's form, or a column's type
   *     differs in Athena
   */
  static List<ViewDefinition> all() throws SQLException, IOException {
    Path folder = Files.createTempDirectory("empty-lake");
    try (Connection lake = DuckDbLake.open(folder)) {
      List<ViewDefinition> views = new ArrayList<>();
      for (SqlFile file : SqlFiles.views()) {
        views.add(of(file, columns(lake, file.name())));
      }
      return views;
    } finally {
      delete(folder);
    }
  }

  static ViewDefinition of(SqlFile file, List<Column> columns) {
    Matcher parts = FILE.matcher(file.text());
    if (!parts.matches() || !parts.group(2).equals(file.name())) {
      throw new IllegalArgumentException(
          "not a comment and CREATE OR REPLACE VIEW " + file.name() + " AS: " + file.text());
    }
    String select = parts.group(3).stripTrailing();
    Set<String> reads = new LinkedHashSet<>();
    SOURCE.matcher(select).results().map(source -> source.group(1)).forEach(reads::add);
    reads.retainAll(known());
    return new ViewDefinition(file, parts.group(1), select, reads, columns);
  }

  /** The columns of a view in this session. */
  static List<Column> columns(Connection lake, String view) throws SQLException {
    try (Statement statement = lake.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE " + view)) {
      List<Column> columns = new ArrayList<>();
      while (result.next()) {
        String name = result.getString("column_name");
        try {
          columns.add(new Column(name, ColumnType.ofDuckDb(result.getString("column_type"))));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(view + "." + name + ": " + e.getMessage(), e);
        }
      }
      return columns;
    }
  }

  /** The tables and views that may follow FROM, besides names defined in the query. */
  private static Set<String> known() {
    Set<String> names = new HashSet<>();
    SqlFiles.views().forEach(view -> names.add(view.name()));
    for (LakeTable table : LakeTable.values()) {
      names.add(AthenaDdl.storedName(table));
    }
    return names;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
