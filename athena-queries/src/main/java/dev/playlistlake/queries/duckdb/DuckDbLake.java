package dev.playlistlake.queries.duckdb;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Connection connection;
  private final Path lake;
  private final TableViews tables;
  private final LakeListing listing;
  private final AbsentFiles absent;
  private final Consumer<String> notes;
  private final Set<Path> damaged = new TreeSet<>();
  private final Set<String> daysLeftOut = new TreeSet<>();

  private DuckDbLake(Connection connection, Path lake, AbsentFiles absent, Consumer<String> notes) {
    this.connection = connection;
    this.tables = new TableViews(connection, lake, absent);
    this.lake = lake;
    this.listing = new LakeListing(lake);
    this.absent = absent;
    this.notes = notes;
  }

  /**
   * A session as below over all tables and the columns of all files, without notes.
   *
   * @throws SQLException if the lake cannot be read
   */
  public static Connection open(Path lake) throws SQLException {
    try {
      DuckDbLake loaded = load(lake, unused -> true, AbsentFiles.NONE, unused -> {});
      loaded.tables.unite(loaded.tables.names());
      return loaded.connection;
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  /**
   * A session in memory with the prelude and all views loaded over a lake's folder. A table that
   * has no file yet is empty. An unreadable file excludes its day and no other. Nothing is
   * downloaded: only DuckDB's built-in extensions are available.
   *
   * @param toRead the tables with rows; the others have columns only, and no file of them is looked
   *     at
   * @param absent the files that are not here yet
   * @param notes receives one sentence for each thing left out
   * @throws IOException if a folder cannot be read
   * @throws SQLException if DuckDB cannot read the lake for another reason
   */
  static DuckDbLake load(
      Path lake, Predicate<String> toRead, AbsentFiles absent, Consumer<String> notes)
      throws SQLException, IOException {
    Properties properties = new Properties();
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    // Not through DriverManager, which sees only drivers of its caller's class loader.
    Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
    try {
      DuckDbLake loaded = new DuckDbLake(connection, lake.toAbsolutePath(), absent, notes);
      loaded.load(toRead);
      return loaded;
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  /** The days with a row of a run, published or not, newest first. */
  List<String> runDays() {
    return tables.filesOf(LakeListing.RUN).stream()
        .map(this::dayOf)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Where links of the lake lead, for the tables with rows. */
  Set<Path> linked() {
    return listing.linked();
  }

  private void load(Predicate<String> toRead) throws SQLException, IOException {
    tables.execute("SET parquet_metadata_cache = true");
    tables.execute("SET errors_as_json = true");
    tables.execute("SET VARIABLE lake = " + TableViews.literal(lake.toString()));
    for (String part : STORED_VIEW.split(SqlFiles.duckDbPrelude().text())) {
      Matcher view = STORED_VIEW.matcher(part);
      if (view.lookingAt()) {
        tables.add(view.group(1), part);
      } else {
        tables.execute(part);
      }
    }
    for (SqlFiles.SqlFile view : SqlFiles.views()) {
      tables.execute(view.text());
    }
    for (String table : tables.names()) {
      if (toRead.test(table)) {
        createReadable(table, listing.filesOf(table));
      }
    }
    leaveOutDaysOfDamagedFiles();
    List<Lacking> lacking = leaveOutDaysThatLackFiles();
    tables.execute("SET errors_as_json = false");
    listing.passedOver().ifPresent(notes);
    if (!damaged.isEmpty()) {
      notes.accept(LeftOut.damage(lake, damaged, daysLeftOut));
    }
    if (!lacking.isEmpty()) {
      notes.accept(LeftOut.lack(lacking));
    }
  }

  /**
   * Mends what made a query fail: fetches a file that is not here, reads the columns of all files
   * where those of the newest do not suffice, or leaves out the days of damaged files.
   *
   * @return whether it changed anything
   * @throws IOException if a file cannot be fetched
   */
  boolean heal(SqlError error, String sql) throws SQLException, IOException {
    Set<String> read = new TreeSet<>(TablesRead.by(sql).stored());
    read.retainAll(tables.names());
    if (error.isOfOtherColumns()) {
      return tables.unite(read);
    }
    return error.isOfFiles() && (isFetched(error) || leaveOutUnreadable(read));
  }

  private boolean isFetched(SqlError error) throws IOException {
    Optional<Path> file = error.file().map(Path::of).filter(absent::isAbsent);
    if (file.isPresent()) {
      absent.fetch(file.get());
    }
    return file.isPresent();
  }

  /**
   * Checks all files of these tables, after a query failed on one, and leaves out the days of the
   * damaged ones.
   *
   * @return whether it found new damage; false if a file is gone, as while another run publishes: a
   *     missing file is not damaged
   */
  private boolean leaveOutUnreadable(Set<String> read) throws SQLException, IOException {
    if (!tables.allFilesAreThere()) {
      return false;
    }
    int known = damaged.size();
    for (String table : read) {
      List<Path> readable = readable(tables.filesOf(table), "max(hash(COLUMNS(*)))");
      if (readable.size() < tables.filesOf(table).size()) {
        create(table, readable);
      }
    }
    leaveOutDaysOfDamagedFiles();
    if (damaged.size() > known) {
      notes.accept(LeftOut.damage(lake, damaged, daysLeftOut));
    }
    return damaged.size() > known;
  }

  /** Creates a table's view over its files, or those that are readable if the newest is not. */
  private void createReadable(String table, List<Path> files) throws SQLException, IOException {
    try {
      create(table, files);
    } catch (SQLException e) {
      List<Path> readable = readable(files, "count(*)");
      if (readable.size() == files.size()) {
        throw e;
      }
      create(table, readable);
    }
  }

  private void create(String table, List<Path> files) throws SQLException, IOException {
    while (true) {
      try {
        tables.create(table, files);
        return;
      } catch (SQLException e) {
        if (!isFetched(SqlError.of(e))) {
          throw e;
        }
      }
    }
  }

  /** The files with readable values of these columns; the others are damaged. */
  private List<Path> readable(List<Path> files, String columns) throws SQLException {
    List<Path> readable = new ArrayList<>();
    for (Path file : files) {
      boolean isReadable = absent.isAbsent(file) || tables.isReadable(file, columns);
      (isReadable ? readable : damaged).add(file);
    }
    return readable;
  }

  /**
   * Without one of the files that count, a day would be incomplete. A day whose newest run has a
   * damaged row must not fall back to the run before, if that run's files were removed.
   */
  private void leaveOutDaysOfDamagedFiles() throws SQLException, IOException {
    if (damaged.isEmpty()) {
      return;
    }
    Map<String, String> counting =
        countingRuns(damaged.stream().map(this::dayOf).collect(Collectors.toSet()));
    // Whether or not the query reads this table: each run writes it.
    Set<String> withData =
        new LakeListing(lake)
            .filesOf("playlist").stream().map(this::runOf).collect(Collectors.toSet());
    Set<String> daysOfDamagedRows = new TreeSet<>();
    for (Path file : damaged) {
      LakePath path = LakePath.parse(lake.relativize(file).toString()).orElseThrow();
      if (path.table().equals(LakeListing.RUN)) {
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

  private List<Lacking> leaveOutDaysThatLackFiles() throws SQLException, IOException {
    Set<String> inDoubt = listing.daysInDoubt();
    if (inDoubt.isEmpty()) {
      return List.of();
    }
    List<Lacking> lacking = listing.lacking(countingRuns(inDoubt));
    if (!lacking.isEmpty()) {
      Set<String> days = lacking.stream().map(Lacking::day).collect(Collectors.toSet());
      keepRuns(row -> !days.contains(dayOf(row)));
    }
    return lacking;
  }

  private void keepRuns(Predicate<Path> isKept) throws SQLException, IOException {
    create(LakeListing.RUN, tables.filesOf(LakeListing.RUN).stream().filter(isKept).toList());
  }

  private Map<String, String> countingRuns(Set<String> days) throws SQLException, IOException {
    String sql =
        "SELECT ingest_date, run_id FROM published_run WHERE list_contains(%s, ingest_date)"
            .formatted(TableViews.list(List.copyOf(days)));
    Map<String, String> counting = new HashMap<>();
    try (Statement asked = new Asker(connection, this::heal).ask(sql);
        ResultSet runs = asked.getResultSet()) {
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
