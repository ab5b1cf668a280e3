package dev.playlistlake.queries.duckdb;

import dev.playlistlake.queries.sql.Report;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a lake says of itself: its days, runs and names, and what it lacks for a report. */
public final class LakeFacts {
  private final Asker asker;
  private final Supplier<List<String>> runDays;

  /**
   * Facts of an open lake.
   *
   * @param runDays the days with a row of a run, newest first
   */
  LakeFacts(Asker asker, Supplier<List<String>> runDays) {
    this.asker = asker;
    this.runDays = runDays;
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
    try (Statement asked = asker.ask(sql);
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
      throw LakeUnreadableException.of(e);
    } catch (IOException e) {
      throw LakeUnreadableException.of(e);
    }
  }
}
