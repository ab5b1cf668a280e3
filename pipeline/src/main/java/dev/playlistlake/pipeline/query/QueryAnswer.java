package dev.playlistlake.pipeline.query;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.LakePlace;
import dev.playlistlake.queries.duckdb.LakeSession;
import dev.playlistlake.queries.duckdb.LakeUnreadableException;
import dev.playlistlake.queries.duckdb.UnansweredException;
import dev.playlistlake.queries.output.ReportList;
import dev.playlistlake.queries.sql.BadQueryException;
import dev.playlistlake.queries.sql.Report;
import dev.playlistlake.queries.sql.WithheldColumns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The result of a query on a lake on disk. */
final class QueryAnswer {
  private final QueryCommand flags;
  private final PrintStream out;
  private final PrintStream err;

  QueryAnswer(QueryCommand flags, PrintStream out, PrintStream err) {
    this.flags = flags;
    this.out = out;
    this.err = err;
  }

  /**
   * Prints it.
   *
   * @throws BadInputException if the lake, the statement or a parameter is wrong
   */
  ExitCode print() throws BadInputException {
    if (flags.list) {
      ReportList.print(flags.report, flags.format, out);
      return ExitCode.PUBLISHED;
    }
    try {
      Path lake = lake();
      requireDuckDb();
      try (LakeSession session = LakeSession.open(lake, err::println)) {
        if (flags.report.isPresent()) {
          answer(session, flags.report.get());
        } else {
          answer(session, flags.sql.orElseThrow());
        }
      }
      return ExitCode.PUBLISHED;
    } catch (LakeUnreadableException e) {
      err.println(
          "The lake cannot be read: "
              + e.getMessage()
              + " (If a run is publishing right now, ask again.)");
      return ExitCode.LAKE_UNUSABLE;
    } catch (UnansweredException e) {
      err.println(e.getMessage());
      return ExitCode.LAKE_UNUSABLE;
    }
  }

  private void answer(LakeSession session, Report report)
      throws BadInputException, LakeUnreadableException, UnansweredException {
    String asOf = flags.parameters().get(Report.AS_OF);
    Optional<String> day = session.newestDay(asOf);
    if (day.isPresent()) {
      List<String> withheld = session.emptyColumns(report, day.get());
      if (!session.newestDay(asOf).equals(day)) {
        // A damaged file excluded its day, so the report moves to another day.
        answer(session, report);
        return;
      }
      checkColumns(session, report, day.get(), withheld);
    } else if (asOf == null) {
      sayThatNothingIsPublished(session);
    } else {
      throw BadInputException.of(
          "--param: as_of: '" + flags.lake + "' holds no published day up to " + asOf);
    }
    try {
      session.report(report.sql(flags.parameters()), flags.format, out);
    } catch (BadQueryException e) {
      throw new IllegalStateException("the flags were checked before", e);
    }
  }

  /** Rejects a report whose required columns are empty. */
  private void checkColumns(LakeSession session, Report report, String day, List<String> withheld)
      throws BadInputException, LakeUnreadableException {
    if (!withheld.isEmpty()) {
      throw new BadInputException(WithheldColumns.words(report, day, withheld));
    }
    for (String table : session.emptyTables(report, day)) {
      err.println("Of " + day + " the lake holds no row in " + table + ".");
    }
  }

  private void answer(LakeSession session, String sql)
      throws BadInputException, LakeUnreadableException, UnansweredException {
    if (session.newestDay(null).isEmpty()) {
      sayThatNothingIsPublished(session);
    }
    try {
      session.ask(sql, flags.format, out);
    } catch (BadQueryException e) {
      throw new BadInputException(
          e.problems().stream().map(problem -> "--sql: " + problem).toList());
    }
  }

  private void sayThatNothingIsPublished(LakeSession session) throws LakeUnreadableException {
    err.println(
        "The lake holds no published run; its newest one ended as "
            + session.newestStatus().orElse("nothing that is known")
            + ". All views are empty; see stored_run for its runs.");
  }

  /** The lake's folder, after checking that it is a lake. */
  private Path lake() throws BadInputException, LakeUnreadableException {
    String lake = flags.lake;
    if (lake.startsWith("s3://")) {
      throw BadInputException.of(
          "--lake: '"
              + lake
              + "' is on S3, and query reads folders: ask Athena (docs/catalog.md), or copy it with"
              + " aws s3 sync "
              + lake
              + " ./lake --exclude 'raw/*' and ask --lake=./lake");
    }
    Path folder = LakePlace.folder(lake);
    if (!LakeSession.isLake(folder)) {
      throw BadInputException.of(
          "--lake: '" + lake + "' is no lake: it has no table of runs (run/ingest_date=.../)");
    }
    requireNoWildcard(folder);
    return folder;
  }

  /** Checks the folder that DuckDB reads, with links resolved. */
  private static void requireNoWildcard(Path folder) throws BadInputException {
    try {
      Path real = folder.toRealPath();
      if (real.toString().matches("(?s).*[*?\\[].*")) {
        throw BadInputException.of(
            "--lake: '" + real + "' holds a wildcard (* ? [), which DuckDB would take for one");
      }
    } catch (IOException e) {
      throw BadInputException.of("--lake: '" + folder + "' cannot be read: " + e.getMessage());
    }
  }

  /** The jar for Flink clusters has no DuckDB, and DuckDB does not support all machines. */
  private static void requireDuckDb() throws BadInputException {
    try {
      // Unpacks its native code into the temporary folder and loads it.
      Class.forName("org.duckdb.DuckDBNative");
    } catch (ClassNotFoundException e) {
      throw BadInputException.of(
          "query: is not in this jar, which is for Flink; use playlist-lake.jar");
    } catch (LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw BadInputException.of(
          "query: DuckDB cannot be loaded on this machine (%s, %s): %s"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), cause));
    }
  }
}
