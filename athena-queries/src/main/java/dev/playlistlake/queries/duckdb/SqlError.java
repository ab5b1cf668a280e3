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
 * What DuckDB has to say against a statement, where {@code errors_as_json} is set.
 *
 * @param type such as Binder or IO; empty where it was not said in this form
 * @param kind a finer one, such as COLUMN_NOT_FOUND; often empty
 * @param name what was not found; often empty
 * @param candidates what DuckDB would rather have seen; often none
 * @param position the byte of the statement from which on it is wrong; -1 where that is not known
 * @param message in DuckDB's words, on one line
 */
record SqlError(
    String type, String kind, String name, List<String> candidates, int position, String message) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The first thing in quotes is a file, and not a text that was asked about. */
  private static final Pattern OF_FILE =
      Pattern.compile("(?i)[^'\"]*\\bfile ['\"].*\\.parquet['\"].*");

  SqlError {
    candidates = List.copyOf(candidates);
  }

  static SqlError of(SQLException failure) {
    String text = String.valueOf(failure.getMessage());
    Map<String, String> said = fields(text);
    if (!said.containsKey("exception_message")) {
      // The lines below the first one show the statement, which nobody has typed.
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
    // What follows is a page of the types that the function does take.
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

  /** Whether it is the lake's files that are at fault, or storage, and not the statement. */
  boolean isOfFiles() {
    return switch (type) {
      // The second is what the parser of a file's footer says.
      case "IO", "Invalid" -> true;
      case "Invalid Input" -> OF_FILE.matcher(message).matches();
      default -> false;
    };
  }

  /** Whether memory did not suffice, nor what could be spilled from it. */
  boolean isOutOfMemory() {
    return type.equals("Out of Memory");
  }

  /** Whether DuckDB says that it is itself at fault. */
  boolean isBug() {
    return type.equals("INTERNAL") || type.equals("FATAL");
  }

  /** Where in the statement it is, in words that go on from the message; empty if not known. */
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

  /** The fields of the object in a text; none if there is no such object. */
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
