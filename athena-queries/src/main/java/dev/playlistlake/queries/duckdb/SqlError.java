package dev.playlistlake.queries.duckdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * DuckDB's error for a statement, with {@code errors_as_json} set.
 *
 * @param type such as Binder or IO; empty if the error is not JSON
 * @param kind a subtype, such as COLUMN_NOT_FOUND; often empty
 * @param name the name that was not found; often empty
 * @param candidates DuckDB's suggestions; often none
 * @param position the byte of the statement where the error starts; -1 if unknown
 * @param message DuckDB's message, on one line
 */
record SqlError(
    String type, String kind, String name, List<String> candidates, int position, String message) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The first quoted text is a file, and not a text of the query. */
  private static final Pattern OF_FILE =
      Pattern.compile("(?i)[^'\"]*\\bfile ['\"].*\\.parquet['\"].*");

  SqlError {
    candidates = List.copyOf(candidates);
  }

  static SqlError of(SQLException failure) {
    String text = String.valueOf(failure.getMessage());
    Map<String, String> said = fields(text);
    if (!said.containsKey("exception_message")) {
      // The lines after the first show the statement, which the user did not type.
      return new SqlError("", "", "", List.of(), -1, text.strip().lines().findFirst().orElse(""));
    }
    String candidates = said.getOrDefault("candidates", "");
    return new SqlError(
        said.getOrDefault("exception_type", ""),
        said.getOrDefault("error_subtype", ""),
        said.getOrDefault("name", ""),
        candidates.isEmpty() ? List.of() : Arrays.asList(candidates.split(",")),
        Integer.parseInt(said.getOrDefault("position", "-1")),
        message(said));
  }

  private static String message(Map<String, String> said) {
    String message = Objects.requireNonNull(said.get("exception_message"));
    // A page of the types that the function accepts follows.
    return "NO_MATCHING_FUNCTION".equals(said.get("error_subtype"))
        ? message.lines().findFirst().orElse(message)
        : oneLine(message);
  }

  boolean isMissingColumn() {
    return kind.equals("COLUMN_NOT_FOUND") || message.contains("does not have a column named");
  }

  boolean isMissingTable() {
    return type.equals("Catalog") && message.startsWith("Table with name");
  }

  /** Whether the lake's files or storage caused it, and not the statement. */
  boolean isOfFiles() {
    return switch (type) {
      // The second is from the parser of file footers.
      case "IO", "Invalid" -> true;
      case "Invalid Input" -> OF_FILE.matcher(message).matches();
      default -> false;
    };
  }

  /** Whether memory did not suffice, even with spilling. */
  boolean isOutOfMemory() {
    return type.equals("Out of Memory");
  }

  /** Whether DuckDB reports a bug of its own. */
  boolean isBug() {
    return type.equals("INTERNAL") || type.equals("FATAL");
  }

  /** Its place in the statement, as text that continues the message; empty if unknown. */
  String place(String sql) {
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    if (position < 0 || position > bytes.length) {
      return "";
    }
    String before = new String(bytes, 0, position, StandardCharsets.UTF_8);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return " (line " + line + ", character " + column + ")";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** The fields of the JSON object in a text; empty if there is none. */
  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    int start = text.indexOf('{');
    if (start < 0) {
      return fields;
    }
    try (JsonParser json = JSON.createParser(text.substring(start))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getText());
      }
      return fields;
    } catch (IOException e) {
      return Map.of();
    }
  }
}
