package dev.playlistlake.glue;

import static dev.playlistlake.glue.Template.stream;
import static dev.playlistlake.glue.Template.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The views of the template on a Trino, which keeps a view in its catalog as Athena does: each is
 * laid there as the template has it, encoded, and asked.
 */
@SuppressWarnings("NullAway") // a null fails the test
class CatalogViewsIT {
  private static final String SCHEMA = "catalog_views";
  private static final String DAY = "1970-01-01";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Connection trino;

  private static Connection duckDb;

  @BeforeAll
  static void layViews(@TempDir Path lake) throws IOException, SQLException {
    TrinoServer server = TrinoServer.shared();
    try (TablesAsLake tables = new TablesAsLake()) {
      tables.write(lake, DAY, "empty");
    }
    duckDb = DuckDbLake.open(lake);
    trino = TrinoLake.open(server, SCHEMA, lake, DAY, TrinoLake.Days.ANNOUNCED);
    Path tables = Path.of("target", "trino", "metastore", SCHEMA);
    Template template = Template.catalog();
    for (SqlFiles.SqlFile view : SqlFiles.views()) {
      Path file = tables.resolve(view.name()).resolve(".trinoSchema");
      Files.writeString(
          file,
          JSON.writeValueAsString(
              entry(JSON.readTree(file.toFile()).deepCopy(), template.table(view.name()))));
    }
  }

  @AfterAll
  static void close() throws SQLException {
    if (trino != null) {
      trino.close();
      duckDb.close();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#views")
  void viewAnswersWithTheColumnsOfTheTemplate(SqlFiles.SqlFile view)
      throws IOException, SQLException {
    List<String> columns = new ArrayList<>();
    try (Statement statement = trino.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + view.name())) {
      assertThat(result.next(), is(false));
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        columns.add(result.getMetaData().getColumnName(i));
      }
    }
    List<String> expected = new ArrayList<>();
    for (ViewDefinition.Column column : ViewDefinition.columns(duckDb, view.name())) {
      expected.add(column.name());
    }
    assertThat(columns, is(expected));
  }

  /** The catalog's entry for a view with what the template says in place of what Trino wrote. */
  private static ObjectNode entry(ObjectNode written, JsonNode view) {
    written.put("tableType", text(view.path("TableType")));
    written.put("viewExpandedText", text(view.path("ViewExpandedText")));
    written.put(
        "viewOriginalText",
        inThisCatalog(Template.viewText(view.path("ViewOriginalText"), SCHEMA)));
    written.set("parameters", view.path("Parameters"));
    List<Map<String, Object>> columns =
        stream(view.path("StorageDescriptor").path("Columns"))
            .map(
                column ->
                    Map.<String, Object>of(
                        "name", text(column.path("Name")),
                        "type", text(column.path("Type")),
                        "properties", Map.of()))
            .toList();
    written.set("dataColumns", JSON.valueToTree(columns));
    return written;
  }

  private static String inThisCatalog(String text) {
    String encoded = text.replace("/* Presto View: ", "").replace(" */", "");
    String definition =
        new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8)
            .replace("\"awsdatacatalog\"", "\"" + TrinoServer.CATALOG + "\"");
    return text.replace(
        encoded, Base64.getEncoder().encodeToString(definition.getBytes(StandardCharsets.UTF_8)));
  }
}
