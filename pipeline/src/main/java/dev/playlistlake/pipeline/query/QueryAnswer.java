package dev.playlistlake.pipeline.query;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.LakePlace;
import dev.playlistlake.queries.duckdb.AbsentFiles;
import dev.playlistlake.queries.duckdb.LakeSession;
import dev.playlistlake.queries.duckdb.LakeUnreadableException;
import dev.playlistlake.queries.duckdb.SubjectNames;
import dev.playlistlake.queries.duckdb.UnansweredException;
import dev.playlistlake.queries.output.ReportList;
import dev.playlistlake.queries.sql.BadQueryException;
import dev.playlistlake.queries.sql.Report;
import dev.playlistlake.queries.sql.TablesRead;
import dev.playlistlake.queries.sql.WithheldColumns;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The result of a query on a lake. */
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
    if (flags.isList()) {
      ReportList.print(flags.report, flags.format(), out);
      return ExitCode.PUBLISHED;
    }
    requireDuckDb();
    try {
      answer();
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

  private void answer() throws BadInputException, LakeUnreadableException, UnansweredException {
    if (!flags.isOnS3()) {
      Path folder = folder();
      requireNoWildcard(folder);
      answer(folder, AbsentFiles.NONE);
      return;
    }
    try {
      answerFromS3();
    } catch (LakeUnreadableException e) {
      if (!(e.getCause() instanceof S3Lake.OutdatedListingException)) {
        throw e;
      }
      err.println("The lake changed while it was read (" + e.getMessage() + "): reading it again.");
      answerFromS3();
    }
  }

  private void answerFromS3()
      throws BadInputException, LakeUnreadableException, UnansweredException {
    try (S3Lake lake = S3Session.open(flags, tables(), statement(), err)) {
      requireNoWildcard(lake.folder());
      answer(lake.folder(), lake);
    }
  }

  private void answer(Path folder, AbsentFiles absent)
      throws BadInputException, LakeUnreadableException, UnansweredException {
    try (LakeSession session = LakeSession.open(folder, tables()::contains, absent, err::println)) {
      if (flags.report.isPresent()) {
        answer(session, flags.report.get());
      } else {
        answer(session, flags.sql.orElseThrow());
      }
    }
  }

  /** The stored tables to read, for the question itself and for the names in it. */
  private Set<String> tables() {
    Set<String> tables = new TreeSet<>(TablesRead.by(statement()).stored());
    flags
        .parameters()
        .keySet()
        .forEach(
            name ->
                SubjectNames.viewOf(name)
                    .ifPresent(view -> tables.addAll(TablesRead.by(view).stored())));
    return tables;
  }

  /** With the parameters as given: names in it stand for ids still. */
  private String statement() {
    try {
      return flags.report.isPresent()
          ? flags.report.get().sql(flags.parameters())
          : flags.sql.orElseThrow();
    } catch (BadQueryException e) {
      throw new IllegalStateException("the flags were checked before", e);
    }
  }

  private void answer(LakeSession session, Report report)
      throws BadInputException, LakeUnreadableException, UnansweredException {
    String asOf = flags.parameters().get(Report.AS_OF);
    Optional<String> day = session.facts().newestDay(asOf);
    if (day.isPresent()) {
      List<String> withheld = session.facts().emptyColumns(report, day.get());
      if (!session.facts().newestDay(asOf).equals(day)) {
        // A damaged file excluded its day, so the report moves to another day.
        answer(session, report);
        return;
      }
      checkColumns(session, report, day.get(), withheld);
      if (asOf != null && !asOf.equals(day.get())) {
        err.println("No run is published for " + asOf + ": showing " + day.get() + ".");
      }
    } else if (asOf == null) {
      sayThatNothingIsPublished(session);
    } else {
      throw BadInputException.of(
          "--param: as_of: '" + flags.lake + "' holds no published day up to " + asOf);
    }
    try {
      Map<String, String> values = flags.parameters();
      if (day.isPresent()) {
        values =
            new SubjectNames(session.facts(), report.isOfOneDay() ? day.get() : null)
                .resolved(values);
      }
      session.report(report.sql(values), flags.format(), out);
    } catch (BadQueryException e) {
      throw new BadInputException(
          e.problems().stream().map(problem -> "--param: " + problem).toList());
    }
  }

  /** Rejects a report whose required columns are empty. */
  private void checkColumns(LakeSession session, Report report, String day, List<String> withheld)
      throws BadInputException, LakeUnreadableException {
    if (!withheld.isEmpty()) {
      throw new BadInputException(WithheldColumns.words(report, day, withheld));
    }
    for (String table : session.facts().emptyTables(report, day)) {
      err.println("The lake has no rows in " + table + " for " + day + ".");
    }
  }

  private void answer(LakeSession session, String sql)
      throws BadInputException, LakeUnreadableException, UnansweredException {
    if (!tables().isEmpty() && session.facts().newestDay(null).isEmpty()) {
      sayThatNothingIsPublished(session);
    }
    try {
      session.ask(sql, flags.format(), out);
    } catch (BadQueryException e) {
      throw new BadInputException(
          e.problems().stream().map(problem -> "--sql: " + problem).toList());
    }
  }

  private void sayThatNothingIsPublished(LakeSession session) throws LakeUnreadableException {
    err.println(
        "The lake has no published run; its newest one ended as "
            + session.facts().newestStatus().orElse("nothing that is known")
            + ". All views are empty; see stored_run for its runs.");
  }

  /** The lake's folder, after checking that it is a lake. */
  private Path folder() throws BadInputException, LakeUnreadableException {
    Path folder = LakePlace.folder(flags.lake);
    if (!LakeSession.isLake(folder)) {
      throw BadInputException.of(
          "--lake: '"
              + flags.lake
              + "' is not a lake: it has no table of runs (run/ingest_date=.../)");
    }
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
