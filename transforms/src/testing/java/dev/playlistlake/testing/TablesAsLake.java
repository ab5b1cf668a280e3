package dev.playlistlake.testing;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A lake that DuckDB writes without the job: for states that the job never leaves, and for more
 * days than it could run in a test. Rows are collected in in-memory tables with the schemas'
 * columns and {@code ingest_date}.
 */
public final class TablesAsLake implements AutoCloseable {
  private final Connection connection;

  public TablesAsLake() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone = 'UTC'");
    for (LakeTable table : LakeTable.values()) {
      execute(
          "CREATE TABLE %s (%s, ingest_date VARCHAR)"
              .formatted(table.tableName(), columns(table.schema())));
    }
  }

  /** The session with the tables. */
  public Connection connection() {
    return connection;
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public void insert(String tableAndColumns, String... rows) throws SQLException {
    execute("INSERT INTO " + tableAndColumns + " VALUES " + String.join(", ", rows));
  }

  /** Inserts a row of {@code run} that took about 30 minutes. */
  public void insertRun(String day, String status) throws SQLException {
    insert(
        "run (status, started_at, finished_at)",
        "('%s', TIMESTAMPTZ '%s 06:00:00.000999Z', TIMESTAMPTZ '%s 06:30:00Z')"
            .formatted(status, day, day));
  }

  /**
   * Writes all rows as one run, whatever their {@code ingest_date} and {@code run_id}.
   *
   * @param day {@code YYYY-MM-DD}
   */
  public void write(Path lake, String day, String runId) throws SQLException, IOException {
    for (LakeTable table : LakeTable.values()) {
      execute("UPDATE %s SET run_id = '%s'".formatted(table.tableName(), runId));
    }
    writeRun(lake, day, runId);
  }

  /** Writes the rows of each run in table {@code run}. */
  public void write(Path lake) throws SQLException, IOException {
    for (List<String> run : Sql.values(connection, "SELECT ingest_date, run_id FROM run")) {
      writeRun(lake, run.get(0), run.get(1));
    }
  }

  /** One file per table, even without rows; sorted, so that it is the same every time. */
  private void writeRun(Path lake, String day, String runId) throws SQLException, IOException {
    for (LakeTable table : LakeTable.values()) {
      Path folder = lake.resolve(table.tableName()).resolve(LakeTable.INGEST_DATE + "=" + day);
      String name = runId + (table == LakeTable.RUN ? "" : "-00000-of-00001") + ".parquet";
      String file = Files.createDirectories(folder).resolve(name).toString();
      execute(
          "COPY (SELECT * EXCLUDE (ingest_date) FROM %s WHERE run_id = '%s' ORDER BY ALL) TO '%s' (FORMAT PARQUET, COMPRESSION ZSTD)"
              .formatted(table.tableName(), runId, file.replace("'", "''")));
    }
  }

  /** The DuckDB type of a column as in the files: timestamps have a time zone. */
  public static String type(Schema schema) {
    boolean plain = schema.getProp("logicalType") == null;
    return switch (schema.getType()) {
      case STRING -> "VARCHAR";
      case BOOLEAN -> "BOOLEAN";
      case INT -> plain ? "INTEGER" : "DATE";
      case LONG -> plain ? "BIGINT" : "TIMESTAMPTZ";
      case ARRAY -> type(schema.getElementType()) + "[]";
      case RECORD -> "STRUCT(" + columns(schema) + ")";
      case UNION -> type(schema.getTypes().get(1));
      default -> throw new IllegalArgumentException("no type for " + schema);
    };
  }

  private static String columns(Schema schema) {
    return schema.getFields().stream()
        .map(field -> field.name() + " " + type(field.schema()))
        .collect(joining(", "));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
