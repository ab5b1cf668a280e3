package dev.playlistlake.queries.sql;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report as described by its file's header.
 *
 * @param name the file's name without {@code .sql}
 * @param question the question that it answers, on one line
 * @param grain what one row stands for, on one line
 * @param columns in their order
 * @param parameters in their order; often none
 * @param requires columns that only some apps may read and without which there is no answer, such
 *     as {@code song.popularity}; the header names others as {@code optional}
 * @param text the whole file
 */
public record Report(
    String name,
    String question,
    String grain,
    List<Described> columns,
    List<Parameter> parameters,
    List<String> requires,
    String text) {
  /** The parameter for the day: the report uses the newest published day not after it. */
  public static final String AS_OF = "as_of";

  private static final Set<String> DAYS = Set.of(AS_OF, "since");

  private static final Pattern PARAMETERS =
      Pattern.compile("(?s)\\nWITH parameter AS \\(\\n(.*?)\\n\\)");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?m)^\\s*CAST\\((NULL|-?\\d+|'(?:[^']|'')*') AS (varchar|integer)\\) AS (\\w+)(?=,?$)");

  public Report {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
    requires = List.copyOf(requires);
  }

  /** A column or other name, and its meaning. */
  public record Described(String name, String description) {}

  /** The types of parameters. */
  public enum Type {
    VARCHAR,
    INTEGER
  }

  /**
   * A parameter of a report.
   *
   * @param defaultValue as in SQL: {@code NULL}, a number, or a quoted text
   * @param description including the effect of the default
   */
  public record Parameter(String name, Type type, String defaultValue, String description) {
    /** Whether its value is a day. */
    boolean isDay() {
      return DAYS.contains(name);
    }
  }

  /** All reports, by name. */
  public static List<Report> all() {
    return SqlFiles.reports().stream().map(Report::parse).toList();
  }

  /** The report with this name, if any. */
  public static Optional<Report> named(String name) {
    return SqlFiles.reports().stream()
        .filter(file -> file.name().equals(name))
        .map(Report::parse)
        .findFirst();
  }

  /**
   * Parses a file's header and parameters.
   *
   * @throws IllegalArgumentException if the file does not have a report's format
   */
  public static Report parse(SqlFile file) {
    ReportHeader header = ReportHeader.of(file);
    List<Described> described = header.described("Parameters");
    return new Report(
        file.name(),
        header.sentence("Question"),
        header.sentence("Grain"),
        header.described("Columns"),
        parameters(file, described),
        header.names("requires"),
        file.text());
  }

  /** The header as in the file, without comment markers. */
  public String header() {
    StringBuilder header = new StringBuilder();
    text.lines()
        .takeWhile(line -> line.startsWith("--"))
        .forEach(
            line ->
                header
                    .append(line.substring(2).stripTrailing().replaceFirst("^ ", ""))
                    .append('\n'));
    return header.toString();
  }

  /**
   * The statement with values instead of defaults.
   *
   * @param values by parameter name; other parameters keep their defaults
   * @throws BadQueryException for unknown names and values of a wrong type
   */
  public String sql(Map<String, String> values) throws BadQueryException {
    List<String> problems = problems(values);
    if (!problems.isEmpty()) {
      throw new BadQueryException(problems);
    }
    Map<String, String> literals = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String value = values.get(parameter.name());
      if (value != null) {
        literals.put(parameter.name(), literal(parameter.type(), value));
      }
    }
    return withLiterals(literals);
  }

  /** Whether it is about the newest day, or the one of its parameter, and no other. */
  public boolean isOfOneDay() {
    Set<String> names = parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    return names.contains(AS_OF) && !names.contains("since") && !names.contains("days");
  }

  /** Problems with parameter values, one sentence each; empty if there are none. */
  public List<String> problems(Map<String, String> values) {
    List<String> problems = new ArrayList<>();
    values.forEach(
        (name, value) ->
            parameters.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .map(parameter -> problem(parameter, value))
                .orElseGet(() -> Optional.of(unknown(name)))
                .ifPresent(problems::add));
    return problems;
  }

  private String withLiterals(Map<String, String> literals) {
    Matcher block = PARAMETERS.matcher(text);
    if (literals.isEmpty() || !block.find()) {
      return text;
    }
    String replaced =
        PARAMETER
            .matcher(block.group(1))
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        "  CAST(%s AS %s) AS %s"
                            .formatted(
                                literals.getOrDefault(match.group(3), match.group(1)),
                                match.group(2),
                                match.group(3))));
    return text.substring(0, block.start(1)) + replaced + text.substring(block.end(1));
  }

  private String unknown(String parameter) {
    if (parameters.isEmpty()) {
      return parameter + ": the report " + name + " has no parameters";
    }
    List<String> names = parameters.stream().map(Parameter::name).toList();
    List<String> near = Nearest.to(parameter, names);
    return parameter
        + ": is not a parameter of "
        + name
        + (near.isEmpty()
            ? "; it has " + String.join(", ", names)
            : "; did you mean " + String.join(", ", near));
  }

  private static Optional<String> problem(Parameter parameter, String value) {
    String quoted = parameter.name() + ": '" + ForeignText.oneLine(value) + "' ";
    if (value.isBlank()) {
      return Optional.of(parameter.name() + ": has no value");
    } else if (parameter.type() == Type.INTEGER && !isInteger(value)) {
      return Optional.of(
          quoted
              + (value.matches("[+-]?\\d+") ? "is too large a number" : "is not a whole number"));
    } else if (parameter.type() == Type.INTEGER && Integer.parseInt(value) < 1) {
      return Optional.of(quoted + "must be at least 1");
    } else if (parameter.isDay() && !isDay(value)) {
      return Optional.of(quoted + "is not a date like 2026-11-20");
    }
    return Optional.empty();
  }

  private static boolean isInteger(String value) {
    try {
      Integer.parseInt(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDay(String value) {
    try {
      // Years of five digits parse as dates too, but sort wrongly.
      return LocalDate.parse(value).toString().length() == "2026-11-20".length();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String literal(Type type, String value) {
    return switch (type) {
      case INTEGER -> Integer.toString(Integer.parseInt(value));
      case VARCHAR -> "'" + value.replace("'", "''") + "'";
    };
  }

  private static List<Parameter> parameters(SqlFile file, List<Described> described) {
    Matcher block = PARAMETERS.matcher(file.text());
    List<MatchResult> found =
        block.find() ? PARAMETER.matcher(block.group(1)).results().toList() : List.of();
    if (!found.stream()
        .map(match -> match.group(3))
        .toList()
        .equals(described.stream().map(Described::name).toList())) {
      throw new IllegalArgumentException(
          file.name() + ": the parameters of the header are not those of the statement");
    }
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      MatchResult match = found.get(i);
      parameters.add(
          new Parameter(
              match.group(3),
              Type.valueOf(match.group(2).toUpperCase(Locale.ROOT)),
              match.group(1),
              described.get(i).description()));
    }
    return parameters;
  }
}
