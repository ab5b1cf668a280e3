package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.queries.sql.HiveParser.Node;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The DDL files as a user sends them, read by Hive's parser. */
class AthenaDdlIT {
  @SuppressWarnings("NullAway.Init") // opened before all
  private static HiveParser hive;

  @BeforeAll
  static void open() throws IOException, ReflectiveOperationException {
    hive = HiveParser.open();
  }

  @AfterAll
  static void close() throws IOException {
    if (hive != null) {
      hive.close();
    }
  }

  private record Column(String name, String type, String comment) {}

  @ParameterizedTest
  @EnumSource
  void columnsAreTheSchemas(LakeTable table) throws IOException, ReflectiveOperationException {
    List<Column> expected = new ArrayList<>();
    for (Schema.Field field : table.schema().getFields()) {
      expected.add(new Column(field.name(), tokens(field.schema()), field.doc()));
    }
    Node statement = hive.parse(file(table));
    assertThat(columns(statement.find("TOK_TABCOLLIST")), is(expected));
    assertThat(
        columns(statement.find("TOK_TABLEPARTCOLS")),
        is(
            List.of(
                new Column("ingest_date", "TOK_STRING", "The day of the run, YYYY-MM-DD, UTC."))));
  }

  @ParameterizedTest
  @EnumSource
  void tableIsWhereTheLakeIs(LakeTable table) throws IOException, ReflectiveOperationException {
    Node create = hive.parse(file(table)).find("TOK_CREATETABLE");
    String folder = "s3://my-bucket/lake/" + table.tableName() + "/";
    Map<String, String> properties = new HashMap<>();
    for (Node property : create.find("TOK_TABLEPROPLIST").children()) {
      properties.put(unquoted(property, 0), unquoted(property, 1));
    }
    assertThat(text(create.find("TOK_TABNAME"), 0), is("stored_" + table.tableName()));
    assertThat(create.children().get(1).text(), is("EXTERNAL"));
    assertThat(text(create.find("TOK_FILEFORMAT_GENERIC"), 0), is("PARQUET"));
    assertThat(unquoted(create.find("TOK_TABLELOCATION"), 0), is(folder));
    assertThat(properties, hasEntry("projection.ingest_date.range", "2026-11-20,NOW"));
    assertThat(
        properties, hasEntry("storage.location.template", folder + "ingest_date=${ingest_date}/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "EXTERNAL TABLE; EXTERNAL TABEL",
        "PARTITIONED BY; PARTITION BY",
        "STORED AS; STORE AS",
        "`name` string; `name` strnig",
        "Spotify\\'s popularity; Spotify's popularity",
        "'projection.enabled' = 'true'; 'projection.enabled' 'true'",
        "'parquet',; 'parquet'",
      })
  void typoIsRejected(String right, String wrong) throws IOException {
    String text = file(LakeTable.SONG);
    assertThat(text, containsString(right));
    String mistyped = text.replace(right, wrong);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> hive.parse(mistyped));
    assertThat(refused.getMessage(), containsString("line "));
  }

  private static String file(LakeTable table) throws IOException {
    return Files.readString(Path.of("ddl", AthenaDdl.fileName(table)))
        .replace("{{lake}}", "my-bucket/lake")
        .replace("{{first_day}}", "2026-11-20");
  }

  private static List<Column> columns(Node list) throws ReflectiveOperationException {
    List<Column> columns = new ArrayList<>();
    for (Node column : list.children()) {
      columns.add(
          new Column(text(column, 0), tokens(column.children().get(1)), unquoted(column, 2)));
    }
    return columns;
  }

  private static String text(Node node, int child) {
    return node.children().get(child).text();
  }

  private static String unquoted(Node node, int child) throws ReflectiveOperationException {
    return hive.unquoted(text(node, child));
  }

  /** A type as Hive read it: its tokens, nested ones in brackets. */
  private static String tokens(Node type) {
    return type.text()
        + (type.children().isEmpty()
            ? ""
            : type.children().stream().map(AthenaDdlIT::tokens).collect(joining(" ", "(", ")")));
  }

  /** The tokens that an Avro type has to become, written down apart from what makes the DDL. */
  private static String tokens(Schema schema) {
    LogicalType logicalType = schema.getLogicalType();
    if (logicalType != null) {
      return Map.of("date", "TOK_DATE", "timestamp-micros", "TOK_TIMESTAMP")
          .getOrDefault(logicalType.getName(), "?");
    }
    return switch (schema.getType()) {
      case STRING -> "TOK_STRING";
      case BOOLEAN -> "TOK_BOOLEAN";
      case INT -> "TOK_INT";
      case LONG -> "TOK_BIGINT";
      case ARRAY -> "TOK_LIST(" + tokens(schema.getElementType()) + ")";
      case RECORD ->
          schema.getFields().stream()
              .map(field -> "TOK_TABCOL(%s %s)".formatted(field.name(), tokens(field.schema())))
              .collect(joining(" ", "TOK_STRUCT(TOK_TABCOLLIST(", "))"));
      case UNION -> tokens(schema.getTypes().get(1));
      default -> "?";
    };
  }
}
