package dev.playlistlake.glue;

import dev.playlistlake.queries.sql.AthenaDdl;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * A lake in Trino's catalog: a schema with the stored tables, made from the DDL for Athena, and
 * with the views, whose files are run as they are.
 */
final class TrinoLake {
  private static final Path DDL = Path.of("..", "athena-queries", "ddl");

  /** How a table gets to know its days. */
  enum Days {
    /** Every day of the range is taken to be there. */
    PROJECTED,
    /** Only those that were announced, as a crawler does. */
    ANNOUNCED;

    /** For names of schemas. */
    String schemaPart() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private TrinoLake() {}

  /**
   * Makes the schema and opens a session in it.
   *
   * @param schema its name, not in use yet
   * @param lake the lake's folder
   * @param firstDay the first day to project
   */
  static Connection open(TrinoServer server, String schema, Path lake, String firstDay, Days days)
      throws SQLException, IOException {
    Connection connection = server.connect(schema);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
      for (LakeTable lakeTable : LakeTable.values()) {
        TrinoDdl table = TrinoDdl.parse(ddl(lakeTable.tableName(), lake, firstDay));
        statement.execute(days == Days.PROJECTED ? table.projected() : table.unprojected());
        if (days == Days.ANNOUNCED) {
          statement.execute(announce(schema, table.name()));
        }
      }
      for (SqlFiles.SqlFile view : SqlFiles.views()) {
        statement.execute(view.text());
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** What stands for a crawler, or for Athena's {@code MSCK REPAIR TABLE}. */
  static String announce(String schema, String table) {
    return "CALL system.sync_partition_metadata('%s', '%s', 'FULL')".formatted(schema, table);
  }

  /** The DDL file of a table, for a lake on this machine. */
  static String ddl(String table, Path lake, String firstDay) throws IOException {
    return Files.readString(DDL.resolve("stored_" + table + ".sql"))
        .replace("s3://" + AthenaDdl.LAKE, "local://" + lake.toAbsolutePath())
        .replace("{{first_day}}", firstDay);
  }
}
