package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "NULL | NULL",
        "'NULL' | 'NULL'",
        "7 | 7",
        "'7' | '7'",
        "CAST(7 AS HUGEINT) | 7",
        "true | true",
        "7.500 | 7.5",
        "CAST(0.1 AS DOUBLE) + CAST(0.2 AS DOUBLE) | 0.3",
        "CAST(100 AS DOUBLE) | 100",
        "DATE '2024-02-29' | 2024-02-29",
        "TIMESTAMP '2024-02-29 01:02:03.400' | 2024-02-29T01:02:03.400",
        "CAST(NULL AS TIMESTAMP) | NULL",
        "[1, NULL] | [1, NULL]",
        "[{'a': 'x', 'b': [1]}] | [('x', [1])]",
      })
  void valuesHaveOneForm(String sql, String expected) throws SQLException {
    assertThat(ask("SELECT " + sql + " AS v").rows(), contains(List.of(expected)));
  }

  @Test
  void equalAnswersAreSame() throws SQLException {
    ask("SELECT 1 AS a").assertSame("report", ask("SELECT CAST(1 AS BIGINT) AS a"));
  }

  @Test
  void differencesAreNamed() throws SQLException {
    String message =
        difference("SELECT 1 AS a, 'x' AS b", "SELECT 1 AS a, NULL AS b UNION ALL SELECT 2, 'y'");
    assertThat(message, containsString("report: rows differ; Trino gives 1, DuckDB 2"));
    assertThat(message, containsString("row 1, b: Trino 'x', DuckDB NULL"));
    assertThat(message, containsString("Trino  no such row"));
    assertThat(message, containsString("DuckDB [2, 'y']"));
  }

  @Test
  void columnsAndOrderCount() throws SQLException {
    assertThat(
        difference("SELECT 1 AS a", "SELECT 1 AS b"),
        is("report: columns differ\n  Trino  [a]\n  DuckDB [b]"));
    String up = "SELECT * FROM (VALUES (1), (2)) AS t(a) ORDER BY a";
    assertThat(difference(up, up + " DESC"), containsString("row 1, a: Trino 1, DuckDB 2"));
    ask(up).sorted().assertSame("report", ask(up + " DESC").sorted());
  }

  private static String difference(String one, String other) throws SQLException {
    Answer left = ask(one);
    Answer right = ask(other);
    return String.valueOf(
        assertThrows(AssertionError.class, () -> left.assertSame("report", right)).getMessage());
  }

  private static Answer ask(String sql) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
      return Answer.of(duckDb, sql);
    }
  }
}
