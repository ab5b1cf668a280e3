package dev.playlistlake.queries.duckdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
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

  private static final Pattern FOUR_BYTES = Pattern.compile("[\u00f0-\u00f4][\u0080-\u00bf]{3}");
  private static final Pattern LOCATION = Pattern.compile("^\\[(\\d+),");
  private static final Pattern PARQUET = Pattern.compile("['\"]([^'\"]+\\.parquet)['\"]");

  SqlError {
    candidates = List.copyOf(candidates);
  }

  static SqlError of(SQLException failure) {
    String text = withEmoji(String.valueOf(failure.getMessage()));
    Map<String, String> said = fields(text);
    if (!said.containsKey("exception_message")) {
      said = fields(text + "...\"}");
    }
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
        position(said),
        message(said));
  }

  /** The location is {@code [byte, length]} and comes before the position, which may be cut. */
  private static int position(Map<String, String> said) {
    Matcher location = LOCATION.matcher(said.getOrDefault("location", ""));
    return location.find()
        ? Integer.parseInt(location.group(1))
        : Integer.parseInt(said.getOrDefault("position", "-1"));
  }

  /**
   * DuckDB's driver takes each byte of a character beyond U+FFFF for a character of its own, and
   * cuts the end of the text for them.
   */
  private static String withEmoji(String text) {
    return FOUR_BYTES
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(new String(match.group().getBytes(ISO_8859_1), UTF_8)));
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

  /** Whether a file has other columns, or other types, than the file that DuckDB took them from. */
  boolean isOfOtherColumns() {
    return message.contains("union_by_name=True");
  }

  /** The file that it names, if any. */
  Optional<String> file() {
    Matcher named = PARQUET.matcher(message);
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
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
    byte[] bytes = sql.getBytes(UTF_8);
    if (position < 0 || position > bytes.length) {
      return "";
    }
    String before = new String(bytes, 0, position, UTF_8);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
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
    } catch (IOException e) {
      // Cut: what came before counts.
    }
    return fields;
  }
}
