package dev.playlistlake.queries.duckdb;

import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.queries.sql.BadQueryException;
import dev.playlistlake.queries.sql.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Queries a lake on disk. It writes nothing to the lake and reads nothing beside it: it accepts one
 * read-only statement, and DuckDB opens no file outside the lake's folder (decision 17).
 */
public final class LakeSession implements AutoCloseable {
  /** The table's name, without loading the class that parses all schemas, which takes a second. */
  private static final String RUNS = "run";

  private final Connection connection;
  private final SpillFolder spill;
  private final Asker asker;

  LakeSession(Connection connection, SpillFolder spill) {
    this(connection, spill, unused -> false);
  }

  private LakeSession(Connection connection, SpillFolder spill, Asker.Healing healing) {
    this.connection = connection;
    this.spill = spill;
    this.asker = new Asker(connection, healing);
  }

  /**
   * Whether a folder has rows of runs, and so is a lake.
   *
   * @throws LakeUnreadableException if the lake's folders cannot be read
   */
  public static boolean isLake(Path folder) throws LakeUnreadableException {
    try {
      return !new LakeListing(folder).filesOf(RUNS).isEmpty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Opens a lake.
   *
   * @param notes receives one sentence for each thing left out as damaged or not from a run
   * @throws LakeUnreadableException if the lake's folders or files cannot be read
   */
  public static LakeSession open(Path lake, Consumer<String> notes) throws LakeUnreadableException {
    try {
      Path folder = lake.toRealPath();
      SpillFolder spill = SpillFolder.create();
      try {
        DuckDbLake loaded = DuckDbLake.load(folder, notes);
        lock(loaded.connection(), folder, spill);
        return new LakeSession(
            loaded.connection(), spill, sql -> loaded.leaveOutUnreadable(sql, notes));
      } catch (SQLException | IOException e) {
        spill.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(e);
    } catch (SQLException e) {
      throw unreadable(SqlError.of(e), e);
    }
  }

  private static void lock(Connection connection, Path folder, SpillFolder spill)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET errors_as_json = true");
      statement.execute("SET temp_directory = " + TableViews.literal(spill.path().toString()));
      statement.execute("SET allowed_directories = [" + TableViews.literal(folder + "/") + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * The newest published day, not after the given day if any; empty if there is none.
   *
   * @throws LakeUnreadableException if files of the lake cannot be read
   */
  public Optional<String> newestDay(@Nullable String notAfter) throws LakeUnreadableException {
    String condition =
        notAfter == null ? "" : " WHERE ingest_date <= " + TableViews.literal(notAfter);
    return values("SELECT max(ingest_date) FROM published_run" + condition).stream().findFirst();
  }

  /**
   * The status of the newest run, published or not; empty if there was none.
   *
   * @throws LakeUnreadableException if files of the lake cannot be read
   */
  public Optional<String> newestStatus() throws LakeUnreadableException {
    return values("SELECT max_by(status, run_id) FROM stored_run").stream().findFirst();
  }

  /**
   * A report's required columns that contain only nulls on a day with rows.
   *
   * @throws LakeUnreadableException if files of the lake cannot be read
   */
  public List<String> emptyColumns(Report report, String day) throws LakeUnreadableException {
    List<String> empty = new ArrayList<>();
    for (String column : report.requires()) {
      String[] parts = column.split("\\.");
      empty.addAll(
          values(
              "SELECT %s FROM %s WHERE ingest_date = %s HAVING count(*) > 0 AND count(%s) = 0"
                  .formatted(
                      TableViews.literal(column), parts[0], TableViews.literal(day), parts[1])));
    }
    return empty;
  }

  /**
   * The tables of a report's required columns that have no row on a day.
   *
   * @throws LakeUnreadableException if files of the lake cannot be read
   */
  public List<String> emptyTables(Report report, String day) throws LakeUnreadableException {
    List<String> empty = new ArrayList<>();
    for (String table :
        report.requires().stream().map(c -> c.split("\\.")[0]).distinct().toList()) {
      empty.addAll(
          values(
              "SELECT %s FROM %s WHERE ingest_date = %s HAVING count(*) = 0"
                  .formatted(TableViews.literal(table), table, TableViews.literal(day))));
    }
    return empty;
  }

  /**
   * Runs a user's statement and prints the result.
   *
   * @throws BadQueryException if it is not one read-only statement, or is wrong
   * @throws LakeUnreadableException if files of the lake cannot be read
   * @throws UnansweredException if memory does not suffice
   */
  public void ask(String sql, AnswerFormat format, PrintStream out)
      throws BadQueryException, LakeUnreadableException, UnansweredException {
    boolean explains = new StatementCheck(connection).requireThatItOnlyReads(sql);
    try (Statement asked = asker.ask(sql);
        ResultSet result = asked.getResultSet()) {
      if (explains && format == AnswerFormat.TABLE) {
        ResultPrinter.printPlan(result, out);
      } else {
        ResultPrinter.print(result, format, out);
      }
    } catch (SQLException e) {
      SqlError error = SqlError.of(e);
      throwIfNotOfTheStatement(error, e);
      if (error.isBug()) {
        throw new IllegalStateException(error.message(), e);
      }
      throw new BadQueryException(new QuestionProblems(connection).words(error, sql));
    }
  }

  /**
   * Runs a report and prints the result.
   *
   * @param sql its statement, see {@link Report#sql}
   * @throws LakeUnreadableException if files of the lake cannot be read
   * @throws UnansweredException if memory does not suffice
   */
  public void report(String sql, AnswerFormat format, PrintStream out)
      throws LakeUnreadableException, UnansweredException {
    try (Statement asked = asker.ask(sql);
        ResultSet result = asked.getResultSet()) {
      ResultPrinter.print(result, format, out);
    } catch (SQLException e) {
      SqlError error = SqlError.of(e);
      throwIfNotOfTheStatement(error, e);
      throw new IllegalStateException(error.message(), e);
    }
  }

  private static void throwIfNotOfTheStatement(SqlError error, SQLException cause)
      throws LakeUnreadableException, UnansweredException {
    if (error.isOfFiles()) {
      throw unreadable(error, cause);
    } else if (error.isOutOfMemory()) {
      throw new UnansweredException(
          "The answer needs more memory than DuckDB may take, or more room in the folder for"
              + " temporary files ("
              + System.getProperty("java.io.tmpdir")
              + "): ask for fewer days or playlists, free memory, or name a folder with more room"
              + " by java -Djava.io.tmpdir=FOLDER.",
          cause);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      spill.close();
    }
  }

  /** The values of a query with one column, without nulls. */
  private List<String> values(String sql) throws LakeUnreadableException {
    try (Statement asked = asker.ask(sql);
        ResultSet result = asked.getResultSet()) {
      List<String> values = new ArrayList<>();
      while (result.next()) {
        String value = result.getString(1);
        if (value != null) {
          values.add(value);
        }
      }
      return values;
    } catch (SQLException e) {
      throw unreadable(SqlError.of(e), e);
    }
  }

  /** Java's message is the folder or file; often only the exception's class gives the reason. */
  private static LakeUnreadableException unreadable(IOException cause) {
    String kind =
        cause instanceof AccessDeniedException
            ? "may not be read"
            : cause.getClass().getSimpleName();
    return new LakeUnreadableException(cause.getMessage() + ": " + kind, cause);
  }

  private static LakeUnreadableException unreadable(SqlError error, SQLException cause) {
    return new LakeUnreadableException(error.message(), cause);
  }
}
