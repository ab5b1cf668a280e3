package dev.playlistlake.queries.duckdb;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.queries.duckdb.LakeListing.Lacking;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.queries.sql.TablesRead;
import dev.playlistlake.schema.LakePath;
import java.io.IOException;
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

/** A lake on disk, read by DuckDB through the prelude and the views (decision 17). */
public final class DuckDbLake {
  private static final Pattern STORED_VIEW =
      Pattern.compile("(?=CREATE OR REPLACE VIEW stored_(\\w+) AS\\b)");

  private static final String RUN = "run";
  private static final String RUN_VALUES = "max(run_id), max(status)";

  private final Connection connection;
  private final Path lake;
  private final TableViews tables;
  private final Set<Path> damaged = new TreeSet<>();
  private final Set<String> daysLeftOut = new TreeSet<>();

  private DuckDbLake(Connection connection, Path lake) {
    this.connection = connection;
    this.tables = new TableViews(connection);
    this.lake = lake;
  }

  /**
   * A session as below, without notes.
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
   * has no file yet is empty. An unreadable file excludes its day and no other. Nothing is
   * downloaded: only DuckDB's built-in extensions are available.
   *
   * @param notes receives one sentence for each thing left out
   * @throws IOException if a folder cannot be read
   * @throws SQLException if DuckDB cannot read the lake for another reason
   */
  static DuckDbLake load(Path lake, Consumer<String> notes) throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    // Not through DriverManager, which sees only drivers of its caller's class loader.
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
    // DuckDB binds views when it creates and queries them: this reads footers only once.
    tables.execute("SET parquet_metadata_cache = true");
    tables.execute("SET errors_as_json = true");
    tables.execute("SET VARIABLE lake = " + TableViews.literal(lake.toString()));
    LakeListing listing = new LakeListing(lake);
    for (String part : STORED_VIEW.split(SqlFiles.duckDbPrelude().text())) {
      Matcher view = STORED_VIEW.matcher(part);
      if (view.lookingAt()) {
        String table = view.group(1);
        tables.add(table, part);
        createReadable(table, listing.filesOf(table));
      } else {
        tables.execute(part);
      }
    }
    leaveOutDaysOfDamagedFiles();
    List<Lacking> lacking = leaveOutDaysThatLackFiles(listing);
    for (SqlFiles.SqlFile view : SqlFiles.views()) {
      tables.execute(view.text());
    }
    tables.execute("SET errors_as_json = false");
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
   * Checks all files that a query reads, after it failed on one of which only the footer is
   * readable, and leaves out the days of the damaged ones.
   *
   * @param sql the query
   * @return whether it found new damage; false if a file is gone, as while another run publishes: a
   *     missing file is not damaged
   */
  boolean leaveOutUnreadable(String sql, Consumer<String> notes) throws SQLException {
    if (!tables.allFilesAreThere()) {
      return false;
    }
    int known = damaged.size();
    Set<String> read = TablesRead.by(sql);
    read.retainAll(tables.names());
    for (String table : read) {
      tables.create(table, readable(tables.filesOf(table), "max(hash(COLUMNS(*)))"));
    }
    leaveOutDaysOfDamagedFiles();
    if (damaged.size() > known) {
      tell(notes);
    }
    return damaged.size() > known;
  }

  /** Creates a table's view over its readable files. */
  private void createReadable(String table, List<Path> files) throws SQLException {
    try {
      tables.create(table, files);
      if (table.equals(RUN)) {
        // The few values that decide which run counts: every query reads them, and none may fail.
        tables.execute("SELECT " + RUN_VALUES + " FROM stored_run");
      }
    } catch (SQLException e) {
      List<Path> readable = readable(files, table.equals(RUN) ? RUN_VALUES : "count(*)");
      if (readable.size() == files.size()) {
        throw e;
      }
      tables.create(table, readable);
    }
  }

  /** The files with readable values of these columns; the others are damaged. */
  private List<Path> readable(List<Path> files, String columns) throws SQLException {
    List<Path> readable = new ArrayList<>();
    for (Path file : files) {
      (tables.isReadable(file, columns) ? readable : damaged).add(file);
    }
    return readable;
  }

  /**
   * Without one of the files that count, a day would be incomplete. A day whose newest run has a
   * damaged row must not fall back to the run before, if that run's files were removed.
   */
  private void leaveOutDaysOfDamagedFiles() throws SQLException {
    if (damaged.isEmpty()) {
      return;
    }
    Map<String, String> counting = countingRuns();
    Set<String> withData =
        tables.filesOf("playlist").stream().map(this::runOf).collect(Collectors.toSet());
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
    tables.create(RUN, tables.filesOf(RUN).stream().filter(isKept).toList());
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
}
