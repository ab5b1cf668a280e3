package dev.playlistlake.queries.duckdb;

import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.queries.sql.BadQueryException;
import dev.playlistlake.queries.sql.Report;
import dev.playlistlake.queries.sql.TablesRead;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Queries a lake on disk. It writes nothing to the lake and reads nothing beside it: it accepts one
 * read-only statement, and DuckDB opens no file outside the lake's folder (decision 17).
 */
public final class LakeSession implements AutoCloseable {
  private final Connection connection;
  private final SpillFolder spill;
  private final Asker asker;
  private final LakeFacts facts;

  LakeSession(Connection connection, SpillFolder spill) {
    this(connection, spill, (error, sql) -> false, List::of);
  }

  private LakeSession(
      Connection connection,
      SpillFolder spill,
      Asker.Healing healing,
      Supplier<List<String>> runDays) {
    this.connection = connection;
    this.spill = spill;
    this.asker = new Asker(connection, healing);
    this.facts = new LakeFacts(asker, runDays);
  }

  /**
   * Whether a folder has rows of runs, and so is a lake.
   *
   * @throws LakeUnreadableException if the lake's folders cannot be read
   */
  public static boolean isLake(Path folder) throws LakeUnreadableException {
    try {
      return new LakeListing(folder).has(LakeListing.RUN);
    } catch (IOException e) {
      throw LakeUnreadableException.of(e);
    }
  }

  /**
   * Opens a lake for any statement.
   *
   * @param notes receives one sentence for each thing left out as damaged or not from a run
   * @throws LakeUnreadableException if the lake's folders or files cannot be read
   */
  public static LakeSession open(Path lake, Consumer<String> notes) throws LakeUnreadableException {
    return open(lake, unused -> true, AbsentFiles.NONE, notes);
  }

  /**
   * Opens a lake for statements that read some tables, so that the number of days does not matter
   * to the others.
   *
   * @param tables the stored tables that the statements read, see {@link TablesRead}
   * @param absent the files that are not here yet
   * @param notes as above
   * @throws LakeUnreadableException if the lake's folders or files cannot be read
   */
  public static LakeSession open(
      Path lake, Predicate<String> tables, AbsentFiles absent, Consumer<String> notes)
      throws LakeUnreadableException {
    try {
      Path folder = lake.toRealPath();
      SpillFolder spill = SpillFolder.create();
      try {
        DuckDbLake loaded = DuckDbLake.load(folder, tables, absent, notes);
        lock(loaded, folder, spill);
        return new LakeSession(loaded.connection(), spill, loaded::heal, loaded::runDays);
      } catch (SQLException | IOException e) {
        spill.close();
        throw e;
      }
    } catch (IOException e) {
      throw LakeUnreadableException.of(e);
    } catch (SQLException e) {
      throw LakeUnreadableException.of(e);
    }
  }

  private static void lock(DuckDbLake lake, Path folder, SpillFolder spill) throws SQLException {
    List<String> folders = new ArrayList<>(List.of(folder + "/"));
    List<String> files = new ArrayList<>();
    for (Path linked : lake.linked()) {
      if (Files.isDirectory(linked)) {
        folders.add(linked + "/");
      } else {
        files.add(linked.toString());
      }
    }
    Connection connection = lake.connection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET errors_as_json = true");
      statement.execute("SET temp_directory = " + TableViews.literal(spill.path().toString()));
      statement.execute("SET allowed_directories = " + TableViews.list(folders));
      statement.execute("SET allowed_paths = " + TableViews.list(files));
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** What the lake says of itself. */
  public LakeFacts facts() {
    return facts;
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
    } catch (IOException e) {
      throw LakeUnreadableException.of(e);
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
    } catch (IOException e) {
      throw LakeUnreadableException.of(e);
    }
  }

  private static void throwIfNotOfTheStatement(SqlError error, SQLException cause)
      throws LakeUnreadableException, UnansweredException {
    if (error.isOfFiles()) {
      throw LakeUnreadableException.of(cause);
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
}
