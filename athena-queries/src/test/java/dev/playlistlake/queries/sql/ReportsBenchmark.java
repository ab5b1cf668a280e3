package dev.playlistlake.queries.sql;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long each report takes on DuckDB over a year of a hundred real playlists: median of five, in
 * milliseconds. Ends with 1 where one takes over five seconds. Needs the archive;
 * docs/performance.md says how to start it.
 */
final class ReportsBenchmark {
  private static final int TIMES = 5;
  private static final long MOST_MILLIS = 5_000;

  private ReportsBenchmark() {}

  /**
   * Prints a line a report.
   *
   * @param args days, playlists, and a folder for the lake, which is used as it is if it is there
   */
  public static void main(String[] args) throws SQLException, IOException {
    int days = args.length > 0 ? Integer.parseInt(args[0]) : 365;
    int playlists = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    Path lake =
        args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("playlist-lake-benchmark");
    if (!Files.exists(lake.resolve("run"))) {
      long start = System.nanoTime();
      ArchiveLake.write(lake, days, playlists);
      System.out.printf("wrote %d days in %d ms%n", days, millisSince(start));
    }
    List<String> tooSlow = new ArrayList<>();
    long start = System.nanoTime();
    try (Connection duckDb = DuckDbLake.open(lake)) {
      System.out.printf("opened in %d ms%n", millisSince(start));
      for (SqlFiles.SqlFile report : SqlFiles.reports()) {
        List<Long> millis = new ArrayList<>();
        int rows = 0;
        for (int i = 0; i < TIMES; i++) {
          long before = System.nanoTime();
          rows = Sql.rows(duckDb, report.text()).size();
          millis.add(millisSince(before));
        }
        long first = millis.get(0);
        Collections.sort(millis);
        System.out.printf(
            "%-30s %6d ms, first %6d ms, %8d rows%n",
            report.name(), millis.get(TIMES / 2), first, rows);
        if (millis.get(TIMES / 2) > MOST_MILLIS) {
          tooSlow.add(report.name());
        }
      }
    }
    if (!tooSlow.isEmpty()) {
      System.err.println("over " + MOST_MILLIS + " ms: " + tooSlow);
      System.exit(1);
    }
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
