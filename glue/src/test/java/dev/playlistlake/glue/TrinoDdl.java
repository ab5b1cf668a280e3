package dev.playlistlake.glue;

import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An Athena {@code CREATE EXTERNAL TABLE} statement in Trino's words. It reads what {@code
 * athena-queries/ddl} writes and nothing else: whatever it does not know is an error, so that
 * nothing of a table is lost on the way.
 *
 * @param name the table's
 * @param columns name to Trino type, in order, the partition key last
 * @param partitionKey one column
 * @param location where the table's folder is, as the statement says
 * @param projection the properties of the partition projection, by name
 */
record TrinoDdl(
    String name,
    Map<String, String> columns,
    String partitionKey,
    String location,
    Map<String, String> projection) {

  /** Properties for Glue's crawlers. */
  private static final Set<String> OF_CRAWLERS =
      Set.of("classification", "compressionType", "typeOfData");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|--[^\\n]*|(?<token>`[^`]+`|'(?:[^'\\\\]|\\\\.)*'|[A-Za-z_][A-Za-z0-9_]*|[(),=<>:])");

  private static final Map<String, String> TYPES =
      Map.of(
          "string", "varchar",
          "boolean", "boolean",
          "int", "integer",
          "bigint", "bigint",
          "date", "date",
          "timestamp", "timestamp(3)");

  /**
   * Reads a statement.
   *
   * @throws IllegalArgumentException for one that is not as expected
   */
  static TrinoDdl parse(String athena) {
    return new Parser(tokens(athena)).table();
  }

  /** The statement for a table whose days are projected: none has to be announced. */
  String projected() {
    Map<String, String> left = new TreeMap<>(projection);
    String prefix = "projection." + partitionKey + ".";
    expect(take(left, "projection.enabled"), "true");
    expect(take(left, prefix + "type"), "date");
    String[] range = take(left, prefix + "range").split(",");
    String key =
        """
        varchar WITH (
          partition_projection_type = 'DATE',
          partition_projection_format = %s,
          partition_projection_range = ARRAY[%s, %s],
          partition_projection_interval = %d,
          partition_projection_interval_unit = %s
        )"""
            .formatted(
                literal(take(left, prefix + "format")),
                literal(range[0]),
                literal(range[1]),
                Integer.parseInt(take(left, prefix + "interval")),
                literal(take(left, prefix + "interval.unit")));
    String more =
        """
        ,
          partition_projection_enabled = true,
          partition_projection_location_template = %s"""
            .formatted(literal(take(left, "storage.location.template")));
    expect(left.toString(), "{}");
    return statement(key, more);
  }

  /** The statement for a table that has to be told of its days. */
  String unprojected() {
    return statement("varchar", "");
  }

  private String statement(String keyType, String more) {
    return """
    CREATE TABLE "%s" (
    %s
    )
    WITH (
      external_location = %s,
      format = 'PARQUET',
      partitioned_by = ARRAY[%s]%s
    )"""
        .formatted(
            name,
            columns.entrySet().stream()
                .map(
                    column ->
                        "  \"%s\" %s"
                            .formatted(
                                column.getKey(),
                                column.getKey().equals(partitionKey) ? keyType : column.getValue()))
                .collect(joining(",\n")),
            literal(location),
            literal(partitionKey),
            more);
  }

  private static String take(Map<String, String> properties, String key) {
    String value = properties.remove(key);
    if (value == null) {
      throw new IllegalArgumentException("no property " + key);
    }
    return value;
  }

  private static void expect(String is, String expected) {
    if (!is.equalsIgnoreCase(expected)) {
      throw new IllegalArgumentException("expected " + expected + ", found " + is);
    }
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static Deque<String> tokens(String text) {
    Deque<String> tokens = new ArrayDeque<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "not understood: " + text.substring(at, Math.min(text.length(), at + 40)));
      }
      String token = matcher.group("token");
      if (token != null) {
        tokens.add(token);
      }
      at = matcher.end();
    }
    return tokens;
  }

  /** By descent, a method a part of the statement. */
  private record Parser(Deque<String> tokens) {
    TrinoDdl table() {
      words("CREATE", "EXTERNAL", "TABLE");
      String name = name();
      Map<String, String> columns = columns();
      comment();
      words("PARTITIONED", "BY");
      Map<String, String> partitions = columns();
      if (!partitions.values().stream().toList().equals(List.of("varchar"))) {
        throw new IllegalArgumentException("not one partition key of text: " + partitions);
      }
      columns.putAll(partitions);
      words("STORED", "AS", "PARQUET", "LOCATION");
      String location = string();
      words("TBLPROPERTIES");
      Map<String, String> properties = properties();
      if (!tokens.isEmpty()) {
        throw new IllegalArgumentException("not understood at the end: " + tokens);
      }
      properties.keySet().removeAll(OF_CRAWLERS);
      return new TrinoDdl(
          name, columns, partitions.keySet().iterator().next(), location, properties);
    }

    private Map<String, String> columns() {
      Map<String, String> columns = new LinkedHashMap<>();
      words("(");
      do {
        columns.put(name(), type());
        comment();
      } while (goesOn());
      words(")");
      return columns;
    }

    private Map<String, String> properties() {
      Map<String, String> properties = new TreeMap<>();
      words("(");
      do {
        String key = string();
        words("=");
        properties.put(key, string());
      } while (goesOn());
      words(")");
      return properties;
    }

    private String type() {
      String word = next();
      if (word.equalsIgnoreCase("array")) {
        words("<");
        String element = type();
        words(">");
        return "array(" + element + ")";
      }
      if (word.equalsIgnoreCase("struct")) {
        List<String> fields = new ArrayList<>();
        words("<");
        do {
          String field = next();
          words(":");
          fields.add("\"" + field + "\" " + type());
        } while (goesOn());
        words(">");
        return "row(" + String.join(", ", fields) + ")";
      }
      String type = TYPES.get(word);
      if (type == null) {
        throw new IllegalArgumentException("unknown type " + word);
      }
      return type;
    }

    /** Athena's clients show it; it changes no answer. */
    private void comment() {
      if ("COMMENT".equalsIgnoreCase(tokens.peek())) {
        words("COMMENT");
        string();
      }
    }

    private boolean goesOn() {
      boolean comma = ",".equals(tokens.peek());
      if (comma) {
        next();
      }
      return comma;
    }

    private void words(String... expected) {
      for (String word : expected) {
        expect(next(), word);
      }
    }

    private String name() {
      return enclosed('`');
    }

    private String string() {
      return enclosed('\'').replaceAll("\\\\(.)", "$1");
    }

    private String enclosed(char quote) {
      String token = next();
      if (token.charAt(0) != quote) {
        throw new IllegalArgumentException("expected something in " + quote + ", found " + token);
      }
      return token.substring(1, token.length() - 1);
    }

    private String next() {
      @Nullable String token = tokens.poll();
      if (token == null) {
        throw new IllegalArgumentException("the statement ends too early");
      }
      return token;
    }
  }
}
