package dev.playlistlake.queries.duckdb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs queries in DuckDB; if a damaged file stops one, runs it again without that file's day. */
final class Asker {
  /** Leaves out the damaged files among those that a query reads. */
  interface Healing {
    /** Whether it found new damage. */
    boolean heal(String sql) throws SQLException;
  }

  private final Connection connection;
  private final Healing healing;

  Asker(Connection connection, Healing healing) {
    this.connection = connection;
    this.healing = healing;
  }

  /**
   * Runs a query.
   *
   * @return the statement with the complete result: no row was read yet, and none fails because of
   *     a damaged file
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
