package dev.playlistlake.pipeline.query;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.Problems;
import dev.playlistlake.pipeline.job.S3Flags;
import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.queries.sql.Nearest;
import dev.playlistlake.queries.sql.Report;
import dev.playlistlake.queries.sql.SqlFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code query}: queries a lake and prints the result to stdout (decision 17). */
@CommandLine.Command(name = "query")
public final class QueryCommand implements Command {
  @Option(names = "--lake", paramLabel = "./lake", converter = Place.class)
  String lake = FlagValues.DEFAULT_LAKE;

  @Option(
      names = "--report",
      paramLabel = "top_artists",
      converter = Reports.class,
      completionCandidates = Reports.class)
  Optional<Report> report = Optional.empty();

  /** Not together with a report. */
  @Option(names = "--sql", paramLabel = "\"SELECT ...\"")
  Optional<String> sql = Optional.empty();

  /** Lists the reports, or describes the given one. */
  @Option(names = "--list")
  boolean list = false;

  @Option(names = "--param", paramLabel = "as_of=2026-11-20")
  List<String> params = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "csv",
      converter = Formats.class,
      completionCandidates = Formats.class)
  AnswerFormat format = AnswerFormat.TABLE;

  /** CSV as Excel opens it. */
  @Option(names = "--excel")
  boolean excel = false;

  /** Where files of a lake on S3 are kept; the user's folder for caches by default. */
  @Option(names = "--cache", paramLabel = "FOLDER")
  Optional<Path> cache = Optional.empty();

  @Mixin S3Flags s3 = new S3Flags();

  @Override
  public ExitCode run(Call call) throws BadInputException {
    Problems problems = call.arguments().problems();
    check(problems);
    problems.check();
    return new QueryAnswer(this, call.out(), call.err()).print();
  }

  /** Whether it only lists: also with no flag at all, as a first call. */
  boolean isList() {
    return list || (report.isEmpty() && sql.isEmpty());
  }

  boolean isOnS3() {
    return lake.startsWith("s3://");
  }

  AnswerFormat format() {
    return excel ? AnswerFormat.EXCEL : format;
  }

  /** Values of the report's parameters by name. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String param : params) {
      String[] parts = param.split("=", 2);
      parameters.put(parts[0], parts[1]);
    }
    return parameters;
  }

  /** Adds problems with combinations of flags. */
  private void check(Problems problems) {
    boolean fine = problems.isEmpty();
    List<String> names = new ArrayList<>();
    for (String param : params) {
      String name = FlagValues.shown(param.split("=", 2)[0]);
      if (param.indexOf('=') < 1) {
        problems.add("--param: '" + FlagValues.shown(param) + "' is not of the form name=value");
        return;
      } else if (names.contains(name)) {
        problems.add("--param: " + name + " is given twice");
      }
      names.add(name);
    }
    if (fine) {
      combination().ifPresent(problems::add);
    }
    report.ifPresent(
        known ->
            known.problems(parameters()).forEach(problem -> problems.add("--param: " + problem)));
  }

  private Optional<String> combination() {
    if (sql.isPresent() && (report.isPresent() || list)) {
      return Optional.of("--sql: cannot be combined with --report or --list");
    } else if (report.isEmpty() && !params.isEmpty()) {
      return Optional.of("--param: is for a report; give --report too");
    } else if (excel && format != AnswerFormat.TABLE && format != AnswerFormat.CSV) {
      return Optional.of("--excel: is CSV; leave out --format=" + format.word());
    }
    return Optional.empty();
  }

  /** A folder as it is, whose name may hold anything, or a prefix on S3. */
  static final class Place implements ITypeConverter<String> {
    @Override
    public String convert(String given) {
      return given.startsWith("s3:") ? FlagValues.lake(given) : given;
    }
  }

  /** Values of {@code --report}, to parse and complete. */
  static final class Reports implements ITypeConverter<Report>, Iterable<String> {
    @Override
    public Report convert(String given) {
      return Report.named(given).orElseThrow(() -> FlagValues.wrong(unknown(given)));
    }

    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }

    static List<String> names() {
      return Report.all().stream().map(Report::name).toList();
    }

    private static String unknown(String given) {
      Optional<String> successor = SqlFiles.successorOf(given);
      if (successor.isPresent()) {
        return "the report '" + given + "' is now part of " + successor.get();
      }
      List<String> near = Nearest.to(given, names());
      return "there is no report '"
          + FlagValues.shown(given)
          + "'; "
          + (near.isEmpty() ? "--list shows all" : "did you mean " + String.join(" or ", near));
    }
  }

  /** Values of {@code --format}, likewise. */
  static final class Formats implements ITypeConverter<AnswerFormat>, Iterable<String> {
    @Override
    public AnswerFormat convert(String given) {
      return AnswerFormat.of(FlagValues.oneOf(AnswerFormat.words(), given)).orElseThrow();
    }

    @Override
    public Iterator<String> iterator() {
      return AnswerFormat.words().iterator();
    }
  }
}
