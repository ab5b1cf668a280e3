package dev.playlistlake.pipeline;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the views show of a lake at a moment: rows as text, sorted, each behind its view's name.
 *
 * @param runs the runs that count, one a day, in the order of the days
 * @param rows all columns of all views
 * @param data what two runs on the same data have in common: all but the ids and rows of runs and
 *     the times of fetching
 */
record Shown(List<String> runs, List<String> rows, List<String> data) {
  static Shown by(Path lake) throws SQLException {
    List<String> rows = new ArrayList<>();
    List<String> data = new ArrayList<>();
    try (Connection duckDb = DuckDbLake.open(lake)) {
      for (LakeTable table : LakeTable.values()) {
        String view = table.tableName();
        add(rows, duckDb, view, "*");
        if (table != LakeTable.RUN) {
          add(
              data,
              duckDb,
              view,
              "columns(lambda c: c NOT IN ('run_id', 'fetched_at', 'items_read_at',"
                  + " 'detailed_at'))");
        }
      }
      List<String> runs = Sql.rows(duckDb, "SELECT run_id FROM published_run ORDER BY ingest_date");
      return new Shown(runs, rows, data);
    }
  }

  private static void add(List<String> to, Connection duckDb, String view, String columns)
      throws SQLException {
    Sql.rows(duckDb, "SELECT " + columns + " FROM " + view).stream()
        .map(row -> view + " " + row)
        .sorted()
        .forEach(to::add);
  }
}
