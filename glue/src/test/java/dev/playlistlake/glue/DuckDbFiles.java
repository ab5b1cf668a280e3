package dev.playlistlake.glue;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.avro.Schema;

/**
 * Writes Parquet files into a lake without the job, for states that the job does not leave and for
 * more days than it could make in the time of a test. Rows are gathered in tables in memory, which
 * have the columns that the table schemas give and {@code ingest_date}.
 */
final class DuckDbFiles implements AutoCloseable {
  private final Connection connection;

  DuckDbFiles() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    // One file a partition.
    execute("SET threads = 1");
    execute("SET TimeZone = 'UTC'");
    for (LakeTable table : LakeTable.values()) {
      execute(
          table.schema().getFields().stream()
              .map(field -> field.name() + " " + type(field.schema()) + ", ")
              .collect(
                  joining("", "CREATE TABLE " + table.tableName() + " (", "ingest_date VARCHAR)")));
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Writes all rows of all tables: a file a table and day. Tables without rows get one file without
   * rows.
   *
   * @param lake the lake's folder
   * @param name of the files; what is there under other names stays
   * @param days for tables without rows
   */
  void write(Path lake, String name, String... days) throws SQLException, IOException {
    for (LakeTable table : LakeTable.values()) {
      Path folder = Files.createDirectories(lake.resolve(table.tableName()));
      execute(
          ("COPY (FROM %s ORDER BY ALL) TO '%s' (FORMAT PARQUET, COMPRESSION ZSTD, PARTITION_BY (ingest_date),"
                  + " FILENAME_PATTERN '%s-0000{i}-of-00001', OVERWRITE_OR_IGNORE true)")
              .formatted(table.tableName(), folder.toString().replace("'", "''"), name));
      for (String day : days) {
        Path partition = Files.createDirectories(folder.resolve("ingest_date=" + day));
        try (var files = Files.list(partition)) {
          if (files.findAny().isPresent()) {
            continue;
          }
        }
        execute(
            "COPY (SELECT * EXCLUDE (ingest_date) FROM %s WHERE false) TO '%s' (FORMAT PARQUET)"
                .formatted(table.tableName(), partition.resolve(name + "-00000-of-00001.parquet")));
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static String type(Schema schema) {
    String logicalType = String.valueOf(schema.getProp("logicalType"));
    return switch (schema.getType()) {
      case STRING -> "VARCHAR";
      case BOOLEAN -> "BOOLEAN";
      case INT -> logicalType.equals("date") ? "DATE" : "INTEGER";
      case LONG -> logicalType.equals("timestamp-micros") ? "TIMESTAMPTZ" : "BIGINT";
      case ARRAY -> type(schema.getElementType()) + "[]";
      case RECORD ->
          schema.getFields().stream()
              .map(field -> field.name() + " " + type(field.schema()))
              .collect(joining(", ", "STRUCT(", ")"));
      case UNION -> type(schema.getTypes().get(1));
      default -> throw new IllegalArgumentException(schema.toString());
    };
  }
}
