package dev.playlistlake.queries.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks DuckDB; where a damaged file stops a question, once more without that file's day. */
final class Asker {
  /** Leaves out what is damaged of what a question reads. */
  interface Healing {
    /** Whether anything was found that was not known before. */
    boolean heal(String sql) throws SQLException;
  }

  private final Connection connection;
  private final Healing healing;

  Asker(Connection connection, Healing healing) {
    this.connection = connection;
    this.healing = healing;
  }

  /**
   * Asks.
   *
   * @return the statement that holds the answer, which is whole: none of its rows was read yet, and
   *     none fails for a damaged file
   */
  Statement ask(String sql) throws SQLException {
    try {
      return execute(sql);
    } catch (SQLException e) {
      if (SqlError.of(e).isOfFiles() && healing.heal(sql)) {
        return execute(sql);
      }
      throw e;
    }
  }

  private Statement execute(String sql) throws SQLException {
    Statement statement = connection.createStatement();
    try {
      statement.execute(sql);
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
