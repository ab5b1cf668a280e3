package dev.playlistlake.queries;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.queries.LakeListing.Lacking;
import dev.playlistlake.schema.LakePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;

/** A lake on disk, read by DuckDB through the prelude and the views. */
public final class DuckDbLake {
  private static final Pattern STORED_VIEW =
      Pattern.compile("(?=CREATE OR REPLACE VIEW stored_(\\w+) AS\\b)");

  /** What a stored view reads; without it the view has its columns and no row. */
  private static final Pattern OF_FILES = Pattern.compile("(?s)  UNION ALL BY NAME\n.*?\n  \\)\n");

  /** The pattern by which the prelude finds a table's files where nobody lists them. */
  private static final Pattern BY_PATTERN =
      Pattern.compile("getvariable\\('lake'\\) \\|\\| '[^']+'");

  private static final String RUN = "run";
  private static final String RUN_VALUES = "max(run_id), max(status)";

  private final Connection connection;
  private final Path lake;
  private final Map<String, String> views = new HashMap<>();
  private final Map<String, List<Path>> files = new HashMap<>();
  private final Set<Path> damaged = new TreeSet<>();
  private final Set<String> daysLeftOut = new TreeSet<>();

  private DuckDbLake(Connection connection, Path lake) {
    this.connection = connection;
    this.lake = lake;
  }

  /**
   * A session as below that says nothing.
   *
   * @throws SQLException if the lake cannot be read
   */
  public static Connection open(Path lake) throws SQLException {
    try {
      return load(lake, unused -> {}).connection;
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  /**
   * A session in memory with the prelude and all views loaded over a lake's folder. A table that
   * has no file yet is empty. A file that cannot be read leaves its day out, and all other days are
   * there. Nothing is downloaded: what is not in DuckDB is not there.
   *
   * @param notes gets what is left out, a sentence each
   * @throws IOException if a folder cannot be read
   * @throws SQLException if DuckDB cannot read the lake otherwise
   */
  static DuckDbLake load(Path lake, Consumer<String> notes) throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    // Not through DriverManager, which sees only the drivers that its caller's class loader has.
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
    try {
      DuckDbLake loaded = new DuckDbLake(connection, lake.toAbsolutePath());
      loaded.load(notes);
      return loaded;
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  private void load(Consumer<String> notes) throws SQLException, IOException {
    // Views are bound when they are made and whenever they are asked: footers are read once.
    execute("SET parquet_metadata_cache = true");
    execute("SET errors_as_json = true");
    execute("SET VARIABLE lake = " + literal(lake.toString()));
    LakeListing listing = new LakeListing(lake);
    for (String part : STORED_VIEW.split(SqlFiles.duckDbPrelude().text())) {
      Matcher view = STORED_VIEW.matcher(part);
      if (view.lookingAt()) {
        String table = view.group(1);
        views.put(table, part);
        files.put(table, listing.filesOf(table));
        createReadable(table);
      } else {
        execute(part);
      }
    }
    leaveOutDaysOfDamagedFiles();
    List<Lacking> lacking = leaveOutDaysThatLackFiles(listing);
    for (SqlFiles.SqlFile view : SqlFiles.views()) {
      execute(view.text());
    }
    execute("SET errors_as_json = false");
    listing.passedOver().ifPresent(notes);
    tell(notes);
    if (!lacking.isEmpty()) {
      notes.accept(
          ("Left out, since files are missing: %s; all other days are there. If a run is publishing"
                  + " right now, ask again; else restore the files from a copy, or publish the day"
                  + " again from its stored responses (--ingestDate).")
              .formatted(LakeListing.shown(lacking.stream().map(Lacking::words).toList())));
    }
  }

  private void tell(Consumer<String> notes) {
    if (!damaged.isEmpty()) {
      notes.accept(
          "Damaged, and so left out: %s. %s"
              .formatted(
                  damaged.stream()
                      .map(file -> ForeignText.oneLine(lake.relativize(file).toString()))
                      .collect(Collectors.joining(", ")),
                  daysLeftOut.isEmpty()
                      ? "A run whose row is damaged counts as not published."
                      : "So is all of "
                          + String.join(", ", daysLeftOut)
                          + "; all other days are there."));
    }
  }

  /**
   * Looks through all files that a question reads, where it has failed on one whose footer alone
   * can be read, and leaves out the days of those that are damaged.
   *
   * @param sql the question
   * @return whether there were any that were not known before; false where a file is gone, as while
   *     another run publishes: what is gone is not damaged
   */
  boolean leaveOutUnreadable(String sql, Consumer<String> notes) throws SQLException {
    if (!files.values().stream().flatMap(List::stream).allMatch(Files::exists)) {
      return false;
    }
    int known = damaged.size();
    Set<String> tables = TablesRead.by(sql);
    tables.retainAll(files.keySet());
    for (String table : tables) {
      List<Path> readable = new ArrayList<>();
      for (Path file : filesOf(table)) {
        (isReadable(file, "max(hash(COLUMNS(*)))") ? readable : damaged).add(file);
      }
      files.put(table, readable);
      create(table);
    }
    leaveOutDaysOfDamagedFiles();
    if (damaged.size() > known) {
      tell(notes);
    }
    return damaged.size() > known;
  }

  /** Makes a table's view over those of its files that can be read. */
  private void createReadable(String table) throws SQLException {
    try {
      create(table);
      if (table.equals(RUN)) {
        // The few values by which runs count: every question reads them, and none may fail on them.
        execute("SELECT " + RUN_VALUES + " FROM stored_run");
      }
    } catch (SQLException e) {
      List<Path> readable = new ArrayList<>();
      for (Path file : filesOf(table)) {
        if (isReadable(file, table.equals(RUN) ? RUN_VALUES : "count(*)")) {
          readable.add(file);
        } else {
          damaged.add(file);
        }
      }
      if (readable.size() == filesOf(table).size()) {
        throw e;
      }
      files.put(table, readable);
      create(table);
    }
  }

  private boolean isReadable(Path file, String columns) throws SQLException {
    try {
      execute("SELECT " + columns + " FROM read_parquet(" + literal(file.toString()) + ")");
      return true;
    } catch (SQLException e) {
      if (SqlError.of(e).isOfFiles()) {
        return false;
      }
      throw e;
    }
  }

  private void create(String table) throws SQLException {
    String view = views.getOrDefault(table, "");
    List<Path> of = filesOf(table);
    String variable = "files_of_" + table;
    execute(
        "SET VARIABLE %s = [%s]"
            .formatted(
                variable,
                of.stream()
                    .map(file -> literal(file.toString()))
                    .collect(Collectors.joining(", "))));
    execute(
        of.isEmpty()
            ? OF_FILES.matcher(view).replaceFirst("")
            : BY_PATTERN.matcher(view).replaceFirst("getvariable('" + variable + "')"));
  }

  /**
   * A day without one of the files that count would be thin, and a thin day is no answer. Nor is
   * the day of a run whose row is damaged that of the run before, if that one's files were removed
   * for it.
   */
  private void leaveOutDaysOfDamagedFiles() throws SQLException {
    if (damaged.isEmpty()) {
      return;
    }
    Map<String, String> counting = countingRuns();
    Set<String> withData =
        filesOf("playlist").stream().map(this::runOf).collect(Collectors.toSet());
    Set<String> daysOfDamagedRows = new TreeSet<>();
    for (Path file : damaged) {
      LakePath path = LakePath.parse(lake.relativize(file).toString()).orElseThrow();
      if (path.table().equals(RUN)) {
        daysOfDamagedRows.add(path.ingestDate());
      } else if (path.runId().equals(counting.get(path.ingestDate()))) {
        daysLeftOut.add(path.ingestDate());
      }
    }
    keepRuns(
        row ->
            !daysLeftOut.contains(dayOf(row))
                && (!daysOfDamagedRows.contains(dayOf(row)) || withData.contains(runOf(row))));
  }

  private List<Lacking> leaveOutDaysThatLackFiles(LakeListing listing) throws SQLException {
    List<Lacking> lacking = listing.lacking(countingRuns());
    if (!lacking.isEmpty()) {
      Set<String> days = lacking.stream().map(Lacking::day).collect(Collectors.toSet());
      keepRuns(row -> !days.contains(dayOf(row)));
    }
    return lacking;
  }

  private void keepRuns(Predicate<Path> isKept) throws SQLException {
    files.put(RUN, filesOf(RUN).stream().filter(isKept).toList());
    create(RUN);
  }

  private Map<String, String> countingRuns() throws SQLException {
    Map<String, String> counting = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet runs =
            statement.executeQuery(
                "SELECT ingest_date, max(run_id) FROM stored_run WHERE status = 'PUBLISHED'"
                    + " GROUP BY ingest_date")) {
      while (runs.next()) {
        counting.put(runs.getString(1), runs.getString(2));
      }
    }
    return counting;
  }

  private String dayOf(Path file) {
    return LakePath.parse(lake.relativize(file).toString()).map(LakePath::ingestDate).orElse("");
  }

  private String runOf(Path file) {
    return LakePath.parse(lake.relativize(file).toString()).map(LakePath::runId).orElse("");
  }

  private List<Path> filesOf(String table) {
    return files.getOrDefault(table, List.of());
  }

  /** A statement each time: older versions of DuckDB close one that has failed. */
  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A text as SQL writes it. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
