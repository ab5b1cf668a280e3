package dev.playlistlake.queries;

import dev.playlistlake.queries.Answer.Column;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a lake on disk. Nothing in the lake is written and nothing beside it is read: one
 * statement that only reads is taken, and DuckDB opens no file outside of the lake's folder.
 */
public final class LakeSession implements AutoCloseable {
  private static final Pattern EXPLAIN =
      Pattern.compile("(?is)\\s*explain(?:\\s+analyze\\b|\\s*\\([\\w\\s,]*\\))?(.*)");

  /** What is in brackets may be the statement and no options. */
  private static final Pattern EXPLAIN_IN_BRACKETS = Pattern.compile("(?is)\\s*explain(\\s*\\(.*)");

  private static final String READS_ONLY =
      "takes one statement that only reads (SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE or"
          + " EXPLAIN)";

  /**
   * The table's name, without the class that parses the schemas of all tables: that takes a second.
   */
  private static final String RUNS = "run";

  /** After so many rows it is worth a look whether anybody still reads. */
  private static final int ROWS_A_LOOK = 1_000;

  private static final Pattern NUMBER =
      Pattern.compile(
          "U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\\(.*|BIGNUM");

  private final Connection connection;
  private final SpillFolder spill;

  /** Leaves out what turns out to be damaged; says whether there was anything new. */
  private final Healing healing;

  private interface Healing {
    boolean heal(String sql) throws SQLException;
  }

  LakeSession(Connection connection, SpillFolder spill) {
    this(connection, spill, unused -> false);
  }

  private LakeSession(Connection connection, SpillFolder spill, Healing healing) {
    this.connection = connection;
    this.spill = spill;
    this.healing = healing;
  }

  /** Whether a folder has rows of runs, and so is a lake. */
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
   * @param notes gets what is left out since it is damaged or no run's, a sentence each
   * @throws LakeUnreadableException where the lake's folders or files cannot be read
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
      statement.execute("SET temp_directory = " + DuckDbLake.literal(spill.path().toString()));
      statement.execute("SET allowed_directories = [" + DuckDbLake.literal(folder + "/") + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The newest published day, and not after another day if one is given; none if there is none. */
  public Optional<String> newestDay(@Nullable String notAfter) throws LakeUnreadableException {
    String condition =
        notAfter == null ? "" : " WHERE ingest_date <= " + DuckDbLake.literal(notAfter);
    return values("SELECT max(ingest_date) FROM published_run" + condition).stream().findFirst();
  }

  /** What became of the newest run, published or not; none if there never was one. */
  public Optional<String> newestStatus() throws LakeUnreadableException {
    return values("SELECT max_by(status, run_id) FROM stored_run").stream().findFirst();
  }

  /** Those of a report's required columns that hold nothing but nulls on a day that has rows. */
  public List<String> emptyColumns(Report report, String day) throws LakeUnreadableException {
    List<String> empty = new ArrayList<>();
    for (String column : report.requires()) {
      String[] parts = column.split("\\.");
      empty.addAll(
          values(
              "SELECT %s FROM %s WHERE ingest_date = %s HAVING count(*) > 0 AND count(%s) = 0"
                  .formatted(
                      DuckDbLake.literal(column), parts[0], DuckDbLake.literal(day), parts[1])));
    }
    return empty;
  }

  /** The tables of a report's required columns that have no row on a day. */
  public List<String> emptyTables(Report report, String day) throws LakeUnreadableException {
    List<String> empty = new ArrayList<>();
    for (String table :
        report.requires().stream().map(c -> c.split("\\.")[0]).distinct().toList()) {
      empty.addAll(
          values(
              "SELECT %s FROM %s WHERE ingest_date = %s HAVING count(*) = 0"
                  .formatted(DuckDbLake.literal(table), table, DuckDbLake.literal(day))));
    }
    return empty;
  }

  /**
   * Asks what a user wrote.
   *
   * @throws BadQueryException where it is not one statement that only reads, or not right
   * @throws LakeUnreadableException where files of the lake cannot be read
   * @throws UnansweredException where memory does not suffice
   */
  public void ask(String sql, AnswerFormat format, PrintStream out)
      throws BadQueryException, LakeUnreadableException, UnansweredException {
    boolean plan = checkThatItOnlyReads(sql) && format == AnswerFormat.TABLE;
    try {
      if (plan) {
        printPlan(sql, out);
      } else {
        print(sql, format, out);
      }
    } catch (SQLException e) {
      SqlError error = SqlError.of(e);
      throwIfNotOfTheStatement(error, e);
      if (error.isBug()) {
        throw new IllegalStateException(error.message(), e);
      }
      throw new BadQueryException(words(error, sql));
    }
  }

  /**
   * Asks a report.
   *
   * @param sql its statement, see {@link Report#sql}
   * @throws LakeUnreadableException where files of the lake cannot be read
   * @throws UnansweredException where memory does not suffice
   */
  public void report(String sql, AnswerFormat format, PrintStream out)
      throws LakeUnreadableException, UnansweredException {
    try {
      print(sql, format, out);
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

  /** Asks once more where a damaged file was found before anything was printed. */
  private void print(String sql, AnswerFormat format, PrintStream out) throws SQLException {
    try {
      printOnce(sql, format, out);
    } catch (NothingPrintedException e) {
      if (!SqlError.of(e.failure()).isOfFiles() || !healing.heal(sql)) {
        throw e.failure();
      }
      try {
        printOnce(sql, format, out);
      } catch (NothingPrintedException again) {
        throw again.failure();
      }
    }
  }

  /** DuckDB failed before the first row. */
  private static final class NothingPrintedException extends Exception {
    private static final long serialVersionUID = 1;
    private final SQLException failure;

    NothingPrintedException(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }

  private void printOnce(String sql, AnswerFormat format, PrintStream out)
      throws SQLException, NothingPrintedException {
    long printed = 0;
    // Bytes of UTF-8 whatever the stream would make of characters: files are read elsewhere.
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      Answer printer = format.printer(writer);
      ResultSetMetaData about = result.getMetaData();
      int count = about.getColumnCount();
      List<Column> columns = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        columns.add(column(about, i));
      }
      printer.columns(columns);
      for (long rows = 1; result.next(); rows++) {
        List<@Nullable Object> row = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
          row.add(value(result, i, columns.get(i - 1)));
        }
        printer.row(row);
        printed = rows;
        if (rows % ROWS_A_LOOK == 0 && out.checkError()) {
          return;
        }
      }
      printer.end();
      writer.flush();
    } catch (SQLException e) {
      if (printed == 0) {
        throw new NothingPrintedException(e);
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A plan is a drawing of many lines already. */
  private void printPlan(String sql, PrintStream out) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        out.writeBytes(result.getString("explain_value").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static Column column(ResultSetMetaData about, int i) throws SQLException {
    String type = about.getColumnTypeName(i);
    return new Column(about.getColumnName(i), type, NUMBER.matcher(type).matches());
  }

  private static @Nullable Object value(ResultSet result, int i, Column column)
      throws SQLException {
    // As a Timestamp it would be read in the zone of this process, which may lack an hour.
    return Values.of(
        column.type().equals("TIMESTAMP")
            ? result.getObject(i, LocalDateTime.class)
            : result.getObject(i));
  }

  /**
   * DuckDB's own parser decides: it can write down statements that only read, and no others.
   * Returns whether it is an EXPLAIN.
   */
  private boolean checkThatItOnlyReads(String sql) throws BadQueryException {
    Parsed parsed = parse(sql);
    boolean explains = parsed.error().equals("not implemented") && EXPLAIN.matcher(sql).matches();
    if (explains) {
      parsed = parseExplained(sql);
    }
    if (parsed.error().isEmpty() && parsed.statements() == 0) {
      throw new BadQueryException(List.of("is empty; it " + READS_ONLY));
    } else if (parsed.statements() > 1) {
      throw new BadQueryException(
          List.of(READS_ONLY + ", and here are " + parsed.statements() + " statements"));
    } else if (parsed.error().equals("not implemented")
        // What is explained was understood once already, so what is wrong here is how it was cut
        // out, and what it does is not known.
        || (explains && !parsed.error().isEmpty())
        || parsed.changesRows()) {
      throw new BadQueryException(List.of(READS_ONLY + "; the lake is never written"));
    }
    return explains;
  }

  /**
   * What the parser makes of a text.
   *
   * @param error its type, or nothing
   * @param tables what is selected from
   */
  private record Parsed(String error, long statements, boolean changesRows, List<String> tables) {}

  /** What an EXPLAIN explains; of any other statement the statement itself. */
  private Parsed parseExplained(String sql) {
    Matcher brackets = EXPLAIN_IN_BRACKETS.matcher(sql);
    if (brackets.matches()) {
      Parsed parsed = parse(brackets.group(1));
      if (parsed.error().isEmpty()) {
        return parsed;
      }
    }
    Matcher explain = EXPLAIN.matcher(sql);
    return parse(explain.matches() ? explain.group(1) : sql);
  }

  private Parsed parse(String sql) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT coalesce(tree->>'$.error_type', ''), coalesce(json_array_length(tree->'$.statements'), 0),"
                + " regexp_matches(CAST(tree AS VARCHAR), '\"type\":\"(DELETE|INSERT|UPDATE|MERGE)\\w*_NODE\"'),"
                + " array_to_string(list_distinct(tree->>'$..table_name'), '\n')"
                + " FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS tree)")) {
      statement.setString(1, sql);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        String tables = result.getString(4);
        return new Parsed(
            result.getString(1),
            result.getLong(2),
            result.getBoolean(3),
            tables == null ? List.of() : tables.lines().toList());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> words(SqlError error, String sql) {
    List<String> words = new ArrayList<>();
    Map<String, List<String>> tables = tables();
    if (error.isMissingTable()) {
      words.add(
          "there is no table "
              + error.name()
              + error.place(sql)
              + didYouMean(Nearest.to(error.name(), tables.keySet())));
      words.add("the tables: " + String.join(", ", tables.keySet()));
    } else if (error.isMissingColumn()) {
      Set<String> asked = new TreeSet<>(parseExplained(sql).tables());
      asked.retainAll(tables.keySet());
      Set<String> columns = new TreeSet<>();
      asked.forEach(table -> columns.addAll(tables.getOrDefault(table, List.of())));
      List<String> near = Nearest.to(error.name(), columns);
      words.add(
          error.name().isEmpty()
              ? error.message() + error.place(sql)
              : "there is no column "
                  + error.name()
                  + error.place(sql)
                  + didYouMean(near.isEmpty() ? error.candidates() : near));
      asked.forEach(
          table ->
              words.add(
                  table + " has: " + String.join(", ", tables.getOrDefault(table, List.of()))));
    } else {
      words.add(error.message() + error.place(sql));
    }
    return words;
  }

  private static String didYouMean(List<String> near) {
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near);
  }

  /** The views with their columns, those that count first. */
  private Map<String, List<String>> tables() {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
                    + " ORDER BY starts_with(table_name, 'stored_'), table_name, column_index")) {
      Map<String, List<String>> tables = new LinkedHashMap<>();
      while (result.next()) {
        tables
            .computeIfAbsent(result.getString(1), unused -> new ArrayList<>())
            .add(result.getString(2));
      }
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The values of a query of one column, nulls left out. */
  private List<String> values(String sql) throws LakeUnreadableException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
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

  /** Java names the folder or file, and of the rest only what it is of. */
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
