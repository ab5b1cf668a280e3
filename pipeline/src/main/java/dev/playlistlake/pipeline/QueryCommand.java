package dev.playlistlake.pipeline;

import dev.playlistlake.queries.BadQueryException;
import dev.playlistlake.queries.LakeSession;
import dev.playlistlake.queries.LakeUnreadableException;
import dev.playlistlake.queries.Report;
import dev.playlistlake.queries.ReportList;
import dev.playlistlake.queries.WithheldColumns;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The command {@code query}: a question to a lake on disk, its answer on stdout. */
final class QueryCommand {
  private static final Path SAMPLE = Path.of("lake-sample");

  private final QueryFlags flags;
  private final PrintStream out;
  private final PrintStream err;

  private QueryCommand(QueryFlags flags, PrintStream out, PrintStream err) {
    this.flags = flags;
    this.out = out;
    this.err = err;
  }

  static ExitCode run(List<String> args, PrintStream out, PrintStream err)
      throws BadInputException {
    if (args.contains("--help")) {
      out.print(Help.of(Command.QUERY));
      return ExitCode.PUBLISHED;
    }
    return new QueryCommand(QueryFlags.parse(args), out, err).answer();
  }

  private ExitCode answer() throws BadInputException {
    if (flags.list()) {
      ReportList.print(flags.report(), flags.format(), out);
      return ExitCode.PUBLISHED;
    }
    Path lake = lake();
    requireDuckDb();
    try (LakeSession session = LakeSession.open(lake)) {
      if (flags.report().isPresent()) {
        answer(session, flags.report().get());
      } else {
        answer(session, flags.sql().orElseThrow());
      }
      return ExitCode.PUBLISHED;
    } catch (LakeUnreadableException e) {
      err.println(
          "The lake cannot be read: "
              + e.getMessage()
              + " (If a run is publishing right now, ask again.)");
      return ExitCode.LAKE_UNUSABLE;
    }
  }

  private void answer(LakeSession session, Report report)
      throws BadInputException, LakeUnreadableException {
    String asOf = flags.parameters().get(Report.AS_OF);
    Optional<String> day = session.newestDay(asOf);
    if (day.isEmpty()) {
      throw BadInputException.of(
          asOf == null
              ? "--lake: '" + flags.lake() + "' " + unpublished(session)
              : "--param: as_of: '" + flags.lake() + "' holds no published day up to " + asOf);
    }
    List<String> withheld = session.emptyColumns(report, day.get());
    if (!withheld.isEmpty()) {
      throw new BadInputException(WithheldColumns.words(report, day.get(), withheld));
    }
    for (String table : session.emptyTables(report, day.get())) {
      err.println("Of " + day.get() + " the lake holds no row in " + table + ".");
    }
    try {
      session.report(report.sql(flags.parameters()), flags.format(), out);
    } catch (BadQueryException e) {
      throw new IllegalStateException("the flags were checked before", e);
    }
  }

  private void answer(LakeSession session, String sql)
      throws BadInputException, LakeUnreadableException {
    if (session.newestDay(null).isEmpty()) {
      err.println(
          "The lake "
              + unpublished(session)
              + " All views are empty; see stored_run for its runs.");
    }
    try {
      session.ask(sql, flags.format(), out);
    } catch (BadQueryException e) {
      throw new BadInputException(
          e.problems().stream().map(problem -> "--sql: " + problem).toList());
    }
  }

  private static String unpublished(LakeSession session) throws LakeUnreadableException {
    return "holds no published run; its newest one ended as "
        + session.newestStatus().orElse("nothing that is known")
        + ".";
  }

  /** The lake's folder, once it is clear that it is one. */
  private Path lake() throws BadInputException {
    String lake = flags.lake();
    if (lake.startsWith("s3://")) {
      throw BadInputException.of(
          "--lake: '"
              + lake
              + "' is on S3, and query reads folders: ask Athena (docs/catalog.md), or copy it with"
              + " aws s3 sync "
              + lake
              + " ./lake --exclude 'raw/*' and ask --lake=./lake");
    }
    Path folder = path(lake);
    if (!Files.exists(folder)) {
      String sample =
          flags.lakeIsDefault() && Files.exists(SAMPLE)
              ? "; the sample is --lake=./" + SAMPLE
              : "; give the folder that a run wrote to";
      throw BadInputException.of("--lake: there is no folder '" + lake + "'" + sample);
    } else if (!Files.isDirectory(folder)) {
      throw BadInputException.of("--lake: '" + lake + "' is a file; give a lake's folder");
    } else if (!Files.isReadable(folder)) {
      throw BadInputException.of("--lake: '" + lake + "' may not be read by this user");
    } else if (!LakeSession.isLake(folder)) {
      throw BadInputException.of(
          "--lake: '" + lake + "' is no lake: it has no table of runs (run/ingest_date=.../)");
    }
    return folder;
  }

  private static Path path(String lake) throws BadInputException {
    try {
      Path folder = Path.of(lake);
      if (folder.toAbsolutePath().toString().matches(".*[*?\\[].*")) {
        throw BadInputException.of(
            "--lake: '"
                + folder.toAbsolutePath()
                + "' holds a wildcard (* ? [), which DuckDB would"
                + " take for one");
      }
      return folder;
    } catch (InvalidPathException e) {
      throw BadInputException.of("--lake: '" + lake + "' is no path: " + e.getReason());
    }
  }

  /** The jar for Flink's clusters leaves DuckDB out, and DuckDB leaves out some machines. */
  private static void requireDuckDb() throws BadInputException {
    try {
      // Its native code is unpacked into the folder for temporary files and loaded.
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
