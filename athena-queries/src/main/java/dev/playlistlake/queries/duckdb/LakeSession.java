package dev.playlistlake.queries.duckdb;

import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.queries.sql.BadQueryException;
import dev.playlistlake.queries.sql.Report;
import dev.playlistlake.queries.sql.TablesRead;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Queries a lake on disk. It writes nothing to the lake and reads nothing beside it: it accepts one
 * read-only statement, and DuckDB opens no file outside the lake's folder (decision 17).
 */
public final class LakeSession implements AutoCloseable {
  private final Connection connection;
  private final SpillFolder spill;
  private final Asker asker;
  private final Supplier<List<String>> runDays;

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
    this.runDays = runDays;
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
      throw unreadable(e);
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
      } catch (SQLException | IOException | UncheckedIOException e) {
        spill.close();
        throw e;
      }
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(e);
    } catch (SQLException e) {
      throw unreadable(SqlError.of(e), e);
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

  /**
   * The newest published day, not after the given day if any; empty if there is none.
   *
   * @throws LakeUnreadableException if files of the lake cannot be read
   */
  public Optional<String> newestDay(@Nullable String notAfter) throws LakeUnreadableException {
    List<String> days =
        runDays.get().stream()
            .filter(day -> notAfter == null || day.compareTo(notAfter) <= 0)
            .toList();
    // Mostly the first one is published: there is no need to read the rows of all runs.
    int from = 0;
    for (int count = 1; from < days.size(); count *= 2) {
      int to = Math.min(from + count, days.size());
      List<String> newest =
          values(
              "SELECT max(ingest_date) FROM published_run WHERE ingest_date BETWEEN %s AND %s"
                  .formatted(
                      TableViews.literal(days.get(to - 1)), TableViews.literal(days.get(from))));
      if (!newest.isEmpty()) {
        return Optional.of(newest.get(0));
      }
      from = to;
    }
    return Optional.empty();
  }

  /**
   * The run that counts, by day.
   *
   * @throws LakeUnreadableException if files of the lake cannot be read
   */
  public Map<String, String> publishedRuns() throws LakeUnreadableException {
    Map<String, String> runs = new TreeMap<>();
    for (List<@Nullable String> row : rows("SELECT ingest_date, run_id FROM published_run")) {
      runs.put(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
    }
    return runs;
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
   * The names of subjects, by id: the newest of each.
   *
   * @param day null for all days
   */
  Map<String, String> names(String view, String id, String name, @Nullable String day)
      throws LakeUnreadableException {
    Map<String, String> names = new TreeMap<>();
    for (List<@Nullable String> row :
        rows(
            "SELECT %1$s, max_by(%2$s, ingest_date) FROM %3$s WHERE %1$s IS NOT NULL%4$s GROUP BY 1"
                .formatted(
                    id,
                    name,
                    view,
                    day == null ? "" : " AND ingest_date = " + TableViews.literal(day)))) {
      names.put(String.valueOf(row.get(0)), Objects.requireNonNullElse(row.get(1), ""));
    }
    return names;
  }

  /** The first and the last day of a subject, as text. */
  String days(String view, String id, String value) throws LakeUnreadableException {
    List<String> days =
        values(
            "SELECT DISTINCT ingest_date FROM %s WHERE %s = %s ORDER BY 1"
                .formatted(view, id, TableViews.literal(value)));
    return days.size() == 1 ? days.get(0) : days.get(0) + " to " + days.get(days.size() - 1);
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
    try (Statement asked = asked(sql);
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
    try (Statement asked = asked(sql);
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

  private Statement asked(String sql) throws SQLException, LakeUnreadableException {
    try {
      return asker.ask(sql);
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    }
  }

  /** The values of a query with one column, without nulls. */
  private List<String> values(String sql) throws LakeUnreadableException {
    List<String> values = new ArrayList<>();
    for (List<@Nullable String> row : rows(sql)) {
      String value = row.get(0);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private List<List<@Nullable String>> rows(String sql) throws LakeUnreadableException {
    try (Statement asked = asked(sql);
        ResultSet result = asked.getResultSet()) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(result.getString(column));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw unreadable(SqlError.of(e), e);
    }
  }

  /** Java's message is the folder or file; often only the exception's class gives the reason. */
  private static LakeUnreadableException unreadable(IOException cause) {
    String reason =
        cause instanceof AccessDeniedException
            ? ": may not be read"
            : cause instanceof NoSuchFileException
                ? ": is gone, or a link that leads nowhere"
                : cause instanceof FileSystemException
                    ? ": " + cause.getClass().getSimpleName()
                    : "";
    return new LakeUnreadableException(cause.getMessage() + reason, cause);
  }

  private static LakeUnreadableException unreadable(SqlError error, SQLException cause) {
    return new LakeUnreadableException(error.message(), cause);
  }
}
