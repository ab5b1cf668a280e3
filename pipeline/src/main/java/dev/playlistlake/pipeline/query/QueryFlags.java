package dev.playlistlake.pipeline.query;

import dev.playlistlake.pipeline.Command;
import dev.playlistlake.pipeline.CommandFlags;
import dev.playlistlake.pipeline.CommandFlags.Flag;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.queries.output.AnswerFormat;
import dev.playlistlake.queries.sql.Nearest;
import dev.playlistlake.queries.sql.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of {@code query}, none of them wrong.
 *
 * @param lake where the lake is; as typed
 * @param list whether reports are to be listed, or the one report described
 * @param report the report asked for
 * @param sql the statement asked for; never with a report
 * @param parameters values of the report's parameters by name
 * @param format how the answer is printed
 */
public record QueryFlags(
    String lake,
    boolean list,
    Optional<Report> report,
    Optional<String> sql,
    Map<String, String> parameters,
    AnswerFormat format) {
  public static final List<Flag> FLAGS =
      List.of(
          Flag.of("--lake"),
          Flag.of("--report"),
          Flag.of("--sql"),
          Flag.alone("--list"),
          Flag.repeatable("--param"),
          Flag.of("--format"),
          Flag.alone("--help"));

  public QueryFlags {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads them.
   *
   * @throws BadInputException with all that is wrong, by flag
   */
  public static QueryFlags parse(List<String> args) throws BadInputException {
    CommandFlags flags = CommandFlags.parse(Command.QUERY, FLAGS, args);
    List<String> problems = flags.problems();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : flags.values("--param")) {
      problem(parameter, parameters).ifPresent(problems::add);
    }
    Optional<Report> report = flags.value("--report").flatMap(name -> report(name, problems));
    AnswerFormat format =
        flags.value("--format").map(word -> format(word, problems)).orElse(AnswerFormat.TABLE);
    if (problems.isEmpty()) {
      combination(flags).ifPresent(problems::add);
    }
    report.ifPresent(known -> problems.addAll(wrongParameters(known, parameters)));
    flags.check();
    return new QueryFlags(
        flags.value("--lake").orElse(FlagValues.DEFAULT_LAKE),
        flags.has("--list"),
        report,
        flags.value("--sql"),
        parameters,
        format);
  }

  /** What is wrong with a parameter; where nothing is, it is kept. */
  private static Optional<String> problem(String value, Map<String, String> parameters) {
    int equals = value.indexOf('=');
    if (equals < 1) {
      return Optional.of(
          "--param: '" + FlagValues.shown(value) + "' is not of the form name=value");
    }
    String name = value.substring(0, equals);
    return parameters.putIfAbsent(name, value.substring(equals + 1)) == null
        ? Optional.empty()
        : Optional.of("--param: " + FlagValues.shown(name) + " is given twice");
  }

  private static Optional<Report> report(String name, List<String> problems) {
    Optional<Report> report = Report.named(name);
    if (report.isEmpty()) {
      List<String> names = Report.all().stream().map(Report::name).toList();
      List<String> near = Nearest.to(name, names);
      problems.add(
          "--report: there is no report '"
              + FlagValues.shown(name)
              + "'"
              + (near.isEmpty()
                  ? "; --list lists them"
                  : "; did you mean " + String.join(", ", near)));
    }
    return report;
  }

  private static AnswerFormat format(String word, List<String> problems) {
    Optional<AnswerFormat> format = AnswerFormat.of(word);
    if (format.isEmpty()) {
      problems.add(FlagValues.noneOf("--format", word, AnswerFormat.words()));
    }
    return format.orElse(AnswerFormat.TABLE);
  }

  private static Optional<String> combination(CommandFlags flags) {
    boolean report = flags.has("--report");
    boolean sql = flags.has("--sql");
    boolean list = flags.has("--list");
    if (sql && (report || list)) {
      return Optional.of("--sql: stands for itself, without --report and --list");
    } else if (!report && flags.has("--param")) {
      return Optional.of("--param: is for a report; give --report too");
    } else if (!report && !sql && !list) {
      return Optional.of(
          "query: give --report=NAME, --sql=\"SELECT ...\" or --list; the reports are "
              + String.join(", ", Report.all().stream().map(Report::name).toList()));
    }
    return Optional.empty();
  }

  private static List<String> wrongParameters(Report report, Map<String, String> parameters) {
    return report.problems(parameters).stream().map(problem -> "--param: " + problem).toList();
  }
}
