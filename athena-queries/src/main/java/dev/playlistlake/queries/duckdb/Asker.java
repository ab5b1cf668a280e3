package dev.playlistlake.queries.duckdb;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs queries in DuckDB; one that fails for its files runs again as long as that helps. */
final class Asker {
  /** Changes which files a query reads, or how. */
  interface Healing {
    /** Whether it changed anything; false if the query would only fail again. */
    boolean heal(SqlError error, String sql) throws SQLException, IOException;
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
   *     a file
   * @throws IOException if a file that it needs cannot be fetched
   */
  Statement ask(String sql) throws SQLException, IOException {
    while (true) {
      try {
        return execute(sql);
      } catch (SQLException e) {
        if (!healing.heal(SqlError.of(e), sql)) {
          throw e;
        }
      }
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
