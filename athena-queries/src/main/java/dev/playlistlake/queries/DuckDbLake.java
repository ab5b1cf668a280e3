package dev.playlistlake.queries;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;

/** A lake on disk, read by DuckDB through the prelude and the views. */
public final class DuckDbLake {
  private static final Pattern STORED_VIEW =
      Pattern.compile("(?=CREATE OR REPLACE VIEW stored_(\\w+) AS\\b)");

  /** What a stored view reads; without it the view has its columns and no row. */
  private static final Pattern OF_FILES = Pattern.compile("(?s)  UNION ALL BY NAME\n.*?\n  \\)\n");

  private DuckDbLake() {}

  /**
   * A session in memory with the prelude and all views loaded over a lake's folder. A table that
   * has no file yet is empty. Nothing is downloaded: what is not in DuckDB is not there.
   */
  public static Connection open(Path lake) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    // Not through DriverManager, which sees only the drivers that its caller's class loader has.
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
    try (Statement statement = connection.createStatement()) {
      // Views are bound when they are made and whenever they are asked: footers are read once.
      statement.execute("SET parquet_metadata_cache = true");
      statement.execute("SET VARIABLE lake = " + literal(lake.toAbsolutePath().toString()));
      for (String part : STORED_VIEW.split(SqlFiles.duckDbPrelude().text())) {
        Matcher view = STORED_VIEW.matcher(part);
        statement.execute(
            view.lookingAt() && !hasFile(lake.resolve(view.group(1)))
                ? OF_FILES.matcher(part).replaceFirst("")
                : part);
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

  /** A text as SQL writes it. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Whether a table's folder has a file of any day: DuckDB cannot make a view of none. */
  static boolean hasFile(Path table) {
    if (!Files.isDirectory(table)) {
      return false;
    }
    try (DirectoryStream<Path> days =
        Files.newDirectoryStream(table, LakeTable.INGEST_DATE + "=*")) {
      for (Path day : days) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(day, "*.parquet")) {
          if (files.iterator().hasNext()) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      // DuckDB says it better when it tries to read them.
      return true;
    }
  }
}
