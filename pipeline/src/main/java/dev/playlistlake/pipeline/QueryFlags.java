package dev.playlistlake.pipeline;

import dev.playlistlake.queries.AnswerFormat;
import dev.playlistlake.queries.Nearest;
import dev.playlistlake.queries.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
record QueryFlags(
    String lake,
    boolean list,
    Optional<Report> report,
    Optional<String> sql,
    Map<String, String> parameters,
    AnswerFormat format) {
  private static final String DEFAULT_LAKE = "./lake";
  private static final List<String> NAMES =
      List.of("--lake", "--report", "--sql", "--list", "--param", "--format", "--help");

  QueryFlags {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads them.
   *
   * @throws BadInputException with all that is wrong, by flag
   */
  static QueryFlags parse(List<String> args) throws BadInputException {
    List<String> problems = new ArrayList<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    Map<String, String> flags = new LinkedHashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--param") && i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
        i++;
        arg = arg + "=" + args.get(i);
      }
      problem(arg, flags, parameters).ifPresent(problems::add);
    }
    Optional<Report> report = report(flags.get("--report"), problems);
    AnswerFormat format = format(flags.get("--format"), problems);
    if (problems.isEmpty()) {
      combination(flags, parameters).ifPresent(problems::add);
    }
    if (report.isPresent()) {
      problems.addAll(wrongParameters(report.get(), parameters));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return new QueryFlags(
        flags.getOrDefault("--lake", DEFAULT_LAKE),
        flags.containsKey("--list"),
        report,
        Optional.ofNullable(flags.get("--sql")),
        parameters,
        format);
  }

  /** Whether the lake was named or is the one that is meant without a name. */
  boolean lakeIsDefault() {
    return lake.equals(DEFAULT_LAKE);
  }

  /** What is wrong with an argument; where nothing is, it is kept. */
  private static Optional<String> problem(
      String arg, Map<String, String> flags, Map<String, String> parameters) {
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    String value = equals < 0 ? "" : arg.substring(equals + 1);
    if (!name.startsWith("--")) {
      return Optional.of(shown(name) + ": is no flag; flags are --name=value" + near("--" + name));
    } else if (!NAMES.contains(name)) {
      return Optional.of(shown(name) + ": is no flag of query" + near(name));
    } else if (name.equals("--list")) {
      flags.put(name, "");
      return equals < 0 ? Optional.empty() : Optional.of(name + ": takes no value");
    } else if (value.isBlank()) {
      return Optional.of(name + ": has no value");
    } else if (name.equals("--param")) {
      return parameter(value, parameters);
    }
    return flags.putIfAbsent(name, value) == null
        ? Optional.empty()
        : Optional.of(name + ": is given twice");
  }

  private static Optional<String> parameter(String value, Map<String, String> parameters) {
    int equals = value.indexOf('=');
    if (equals < 1) {
      return Optional.of("--param: '" + shown(value) + "' is not of the form name=value");
    }
    String name = value.substring(0, equals);
    return parameters.putIfAbsent(name, value.substring(equals + 1)) == null
        ? Optional.empty()
        : Optional.of("--param: " + shown(name) + " is given twice");
  }

  private static Optional<Report> report(@Nullable String name, List<String> problems) {
    Optional<Report> report = name == null ? Optional.empty() : Report.named(name);
    if (name != null && report.isEmpty()) {
      List<String> names = Report.all().stream().map(Report::name).toList();
      List<String> near = Nearest.to(name, names);
      problems.add(
          "--report: there is no report '"
              + shown(name)
              + "'"
              + (near.isEmpty()
                  ? "; --list lists them"
                  : "; did you mean " + String.join(", ", near)));
    }
    return report;
  }

  private static AnswerFormat format(@Nullable String word, List<String> problems) {
    Optional<AnswerFormat> format =
        word == null ? Optional.of(AnswerFormat.TABLE) : AnswerFormat.of(word);
    if (format.isEmpty()) {
      problems.add(
          "--format: '" + word + "' is none of " + String.join(", ", AnswerFormat.words()));
    }
    return format.orElse(AnswerFormat.TABLE);
  }

  private static Optional<String> combination(
      Map<String, String> flags, Map<String, String> parameters) {
    boolean report = flags.containsKey("--report");
    boolean sql = flags.containsKey("--sql");
    boolean list = flags.containsKey("--list");
    if (sql && (report || list)) {
      return Optional.of("--sql: stands for itself, without --report and --list");
    } else if (!report && !parameters.isEmpty()) {
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

  private static String near(String name) {
    List<String> near = Nearest.to(name, NAMES);
    return near.isEmpty()
        ? "; query --help lists them"
        : "; did you mean " + String.join(", ", near);
  }

  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() <= 100 ? clean : clean.substring(0, 100) + "...";
  }
}
