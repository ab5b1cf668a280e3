package dev.playlistlake.queries.duckdb;

import dev.playlistlake.queries.sql.BadQueryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that a statement only reads. DuckDB's own parser decides: it can serialize read-only
 * statements and no others (decision 17).
 */
final class StatementCheck {
  private static final Pattern EXPLAIN =
      Pattern.compile("(?is)\\s*explain(?:\\s+analyze\\b|\\s*\\([\\w\\s,]*\\))?(.*)");

  /** The brackets may contain the statement instead of options. */
  private static final Pattern EXPLAIN_IN_BRACKETS = Pattern.compile("(?is)\\s*explain(\\s*\\(.*)");

  private static final Pattern SAVES = Pattern.compile("(?is)\\s*(copy|export)\\b.*");

  private static final String READS_ONLY =
      "takes one statement that only reads (SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE or"
          + " EXPLAIN)";

  private final Connection connection;

  StatementCheck(Connection connection) {
    this.connection = connection;
  }

  /**
   * Returns whether it is an EXPLAIN.
   *
   * @throws BadQueryException if it is not one read-only statement
   */
  boolean requireThatItOnlyReads(String sql) throws BadQueryException {
    if (sql.stripLeading().startsWith("@")) {
      throw new BadQueryException(
          List.of("takes the statement itself; for one in a file give --sql=\"$(cat FILE)\""));
    }
    Parsed parsed = parse(sql);
    boolean explains = parsed.error().equals("not implemented") && EXPLAIN.matcher(sql).matches();
    if (explains) {
      parsed = parseExplained(sql);
    }
    if (parsed.error().isEmpty() && parsed.statements() == 0) {
      throw new BadQueryException(List.of("is empty; it " + READS_ONLY));
    } else if (parsed.statements() > 1) {
      throw new BadQueryException(
          List.of(READS_ONLY + ", and here are " + parsed.statements() + " statements"));
    } else if (parsed.error().equals("not implemented")
        // The parser understood the whole EXPLAIN, so the statement was cut out wrongly, and its
        // effect is unknown.
        || (explains && !parsed.error().isEmpty())
        || parsed.changesRows()) {
      throw new BadQueryException(
          List.of(
              READS_ONLY
                  + (SAVES.matcher(sql).matches()
                      ? "; to save a result, give the SELECT alone and --format=csv > result.csv"
                      : "")
                  + "; the lake is never written"));
    }
    return explains;
  }

  /** The tables that a statement, or the one that it explains, selects from. */
  List<String> tablesOf(String sql) {
    return parseExplained(sql).tables();
  }

  /**
   * The parser's result.
   *
   * @param error its type, or empty
   * @param tables the tables selected from
   */
  private record Parsed(String error, long statements, boolean changesRows, List<String> tables) {}

  /** Parses the statement that an EXPLAIN explains, or any other statement itself. */
  private Parsed parseExplained(String sql) {
    Matcher brackets = EXPLAIN_IN_BRACKETS.matcher(sql);
    if (brackets.matches()) {
      Parsed parsed = parse(brackets.group(1));
      if (parsed.error().isEmpty()) {
        return parsed;
      }
    }
    Matcher explain = EXPLAIN.matcher(sql);
    return parse(explain.matches() ? explain.group(1) : sql);
  }

  private Parsed parse(String sql) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT coalesce(tree->>'$.error_type', ''), coalesce(json_array_length(tree->'$.statements'), 0),"
                + " regexp_matches(CAST(tree AS VARCHAR), '\"type\":\"(DELETE|INSERT|UPDATE|MERGE)\\w*_NODE\"'),"
                + " array_to_string(list_distinct(tree->>'$..table_name'), '\n')"
                + " FROM (SELECT json_serialize_sql(CAST(? AS VARCHAR)) AS tree)")) {
      statement.setString(1, sql);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        String tables = result.getString(4);
        return new Parsed(
            result.getString(1),
            result.getLong(2),
            result.getBoolean(3),
            tables == null ? List.of() : tables.lines().toList());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
