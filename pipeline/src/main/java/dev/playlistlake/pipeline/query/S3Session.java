package dev.playlistlake.pipeline.query;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.job.LakeCheck;
import dev.playlistlake.pipeline.job.S3Clients;
import dev.playlistlake.queries.duckdb.LakeSession;
import dev.playlistlake.queries.duckdb.LakeUnreadableException;
import dev.playlistlake.queries.sql.TablesRead;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import software.amazon.awssdk.core.exception.SdkException;

/** Opens a lake on S3 for one statement: with the days that it needs, as far as its text tells. */
final class S3Session {
  private static final String RUN = "run";
  private static final Pattern DAY = Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b");
  private static final Pattern COMMENT = Pattern.compile("--.*");
  private static final String LAST_DAY = "9999-12-31";

  private S3Session() {}

  /**
   * The files of the tables that a statement reads; most of them are fetched later.
   *
   * @param statement with its parameters, which may name days
   * @throws BadInputException if there is no lake, or it cannot be reached
   * @throws LakeUnreadableException if its files cannot be read
   */
  static S3Lake open(QueryCommand flags, Set<String> tables, String statement, PrintStream err)
      throws BadInputException, LakeUnreadableException {
    S3Lake lake = lake(flags, err);
    try {
      if (lake.add(RUN, file -> !file.isSetAside()) == 0) {
        throw BadInputException.of(
            "--lake: '"
                + flags.lake
                + "' is not a lake: it has no table of runs (run/ingest_date=.../)");
      }
      if (!tables.isEmpty()) {
        lake.fetchTable(RUN);
        addTables(lake, tables, statement, flags.report.isPresent());
      }
      return lake;
    } catch (BadInputException | LakeUnreadableException e) {
      lake.close();
      throw e;
    } catch (IOException e) {
      lake.close();
      throw problem(flags, e);
    }
  }

  private static void addTables(S3Lake lake, Set<String> tables, String statement, boolean isReport)
      throws IOException, LakeUnreadableException {
    Map<String, String> counting;
    try (LakeSession runs = LakeSession.open(lake.folder(), RUN::equals, lake, unused -> {})) {
      counting = runs.facts().publishedRuns();
    }
    // A report joins a stored table with the run that counts.
    Set<String> allRuns = isReport ? Set.of() : TablesRead.by(statement).allRuns();
    String newest =
        DAY.matcher(COMMENT.matcher(statement).replaceAll(""))
            .results()
            .map(MatchResult::group)
            .max(String::compareTo)
            .orElse(LAST_DAY);
    Set<String> others = new TreeSet<>(tables);
    others.remove(RUN);
    for (String table : others) {
      lake.add(
          table,
          file ->
              !file.isSetAside()
                  && (allRuns.contains(table)
                      || file.runId().equals(counting.get(file.ingestDate()))));
      lake.fetchDay(table, newest);
    }
  }

  private static S3Lake lake(QueryCommand flags, PrintStream err) throws BadInputException {
    Path folder = flags.cache.orElseGet(() -> FileCache.defaultFolder(System.getenv()));
    try {
      FileCache cache = new FileCache(folder, FileCache.MOST_BYTES);
      S3Options options = flags.s3.options();
      return new S3Lake(new S3Clients().createBuilder(options).build(), flags.lake, cache, err);
    } catch (SdkException e) {
      throw problem(flags, e);
    } catch (IOException e) {
      throw BadInputException.of(
          "--cache: '" + folder + "' cannot be written (" + e + "); give another folder");
    }
  }

  private static BadInputException problem(QueryCommand flags, Exception e) {
    return BadInputException.of(
        "--lake: '"
            + flags.lake
            + "' cannot be read: "
            + LakeCheck.usualMishap(e, /* writing= */ false)
                .orElse(String.valueOf(e.getMessage())));
  }
}
