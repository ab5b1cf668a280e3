package dev.playlistlake.queries.output;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.queries.output.Answer.Column;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
  private static final List<Column> COLUMNS =
      List.of(new Column("name", "VARCHAR", false), new Column("n", "INTEGER", true));

  @Test
  void tableIsAlignedAsATerminalShowsIt() {
    assertThat(
        printed(
            AnswerFormat.TABLE,
            COLUMNS,
            row("plain", 1),
            row("青い電車", 20_000),
            row("🌋 👨‍👩‍👧 🇩🇪", -3),
            row("e\u0301te\u0301", null),
            row("\u2764\uFE0F", 7),
            row(null, 0),
            row("", 1.5)),
        is(
            """
            name          n
            --------  -----
            plain         1
            青い電車  20000
            🌋 👨‍👩‍👧 🇩🇪     -3
            e\u0301te\u0301        null
            \u2764\uFE0F            7
            null          0
                        1.5
            (7 rows)
            """));
  }

  @Test
  void tableKeepsARowOnALineAndTheTerminalSafe() {
    assertThat(
        printed(
            AnswerFormat.TABLE,
            COLUMNS.subList(0, 1),
            row("a\nb\tc\rd\u001b[31m\u202Ee\u2028f|\"g\\")),
        is(
            """
            name
            --------------------------------------
            a\\nb\\tc\\rd\\u001B[31m\\u202Ee\\u2028f|"g\\
            (1 row)
            """));
  }

  @Test
  void tableOfManyRowsGoesOnAsItBegan() {
    @Nullable Object[][] rows = new Object[1_500][];
    Arrays.setAll(rows, i -> new Object[] {i < 1_200 ? "x" : "wider", i});
    List<String> lines = printed(AnswerFormat.TABLE, COLUMNS, rows).lines().toList();
    assertThat(lines.size(), is(1_503));
    assertThat(lines.get(2), is("x       0"));
    assertThat(lines.get(1_001), is("x     999"));
    assertThat(lines.get(1_300), is("wider  1298"));
    assertThat(lines.get(1_502), is("(1,500 rows)"));
  }

  @Test
  void emptyAnswersHaveTheirColumns() {
    assertThat(printed(AnswerFormat.TABLE, COLUMNS), is("name  n\n----  -\n(0 rows)\n"));
    assertThat(printed(AnswerFormat.CSV, COLUMNS), is("name,n\r\n"));
    assertThat(printed(AnswerFormat.JSON, COLUMNS), is("[\n]\n"));
    assertThat(printed(AnswerFormat.MARKDOWN, COLUMNS), is("| name | n |\n| --- | ---: |\n"));
  }

  @Test
  void csvIsRfc4180() {
    assertThat(
        printed(
            AnswerFormat.CSV,
            List.of(new Column("a,b", "VARCHAR", false), new Column("n", "INTEGER", true)),
            row("plain 青", 1),
            row("say \"hi\", you", null),
            row("two\nlines", 2),
            row("", 3),
            row(null, 4),
            row(" |; ", new BigDecimal("1E+3"))),
        is(
            "\"a,b\",n\r\n"
                + "plain 青,1\r\n"
                + "\"say \"\"hi\"\", you\",\r\n"
                + "\"two\nlines\",2\r\n"
                + "\"\",3\r\n"
                + ",4\r\n"
                + " |; ,1000\r\n"));
  }

  @Test
  void jsonKeepsTypes() {
    Map<String, @Nullable Object> artist = new LinkedHashMap<>();
    artist.put("artist_id", null);
    artist.put("name", "Ann \"A\" \u0001\n");
    assertThat(
        printed(
            AnswerFormat.JSON,
            List.of(
                new Column("v", "VARCHAR", false),
                new Column("v", "INTEGER", true),
                new Column("list", "STRUCT(...)[]", false)),
            row(null, 1, List.of(artist)),
            row(true, 1.5, Arrays.asList("x", null)),
            row("青", new BigInteger("123456789012345678901"), List.of()),
            row(Double.NaN, new BigDecimal("1.50"), Long.MAX_VALUE)),
        is(
            """
            [
            {"v":null,"v_2":1,"list":[{"artist_id":null,"name":"Ann \\"A\\" \\u0001\\n"}]},
            {"v":true,"v_2":1.5,"list":["x",null]},
            {"v":"青","v_2":123456789012345678901,"list":[]},
            {"v":"NaN","v_2":1.50,"list":9223372036854775807}
            ]
            """));
  }

  @Test
  void markdownEscapesWhatItWouldTakeForItsOwn() {
    assertThat(
        printed(
            AnswerFormat.MARKDOWN,
            COLUMNS,
            row("a|b\\c", 1),
            row("two\r\nlines", null),
            row("<b>*x* `y` [z](u)", 3)),
        is(
            """
            | name | n |
            | --- | ---: |
            | a\\|b\\\\c | 1 |
            | two<br>lines |  |
            | \\<b>\\*x\\* \\`y\\` \\[z](u) | 3 |
            """));
  }

  @Test
  void listsAndStructsAreJsonInTexts() {
    assertThat(Values.text(List.of(Map.of("name", "a\"b"), 1)), is("[{\"name\":\"a\\\"b\"},1]"));
  }

  @Test
  void formatsHaveWords() {
    assertThat(AnswerFormat.words(), is(List.of("table", "csv", "json", "markdown")));
    assertThat(AnswerFormat.of("csv"), is(Optional.of(AnswerFormat.CSV)));
    assertThat(AnswerFormat.of("CSV"), is(Optional.empty()));
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private static String printed(
      AnswerFormat format, List<Column> columns, @Nullable Object[]... rows) {
    StringWriter out = new StringWriter();
    Answer printer = format.printer(out);
    printer.columns(columns);
    for (@Nullable Object[] row : rows) {
      printer.row(Arrays.asList(row));
    }
    printer.end();
    return out.toString();
  }
}
