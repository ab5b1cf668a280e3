package dev.playlistlake.glue;

import static dev.playlistlake.glue.Template.names;
import static dev.playlistlake.glue.Template.text;
import static dev.playlistlake.glue.Template.texts;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Golden;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** catalog.yaml: that it is up to date, what AWS allows, and that it fits its infrastructure. */
class CatalogTemplateTest {
  private final Template template;

  CatalogTemplateTest() throws IOException, SQLException {
    if (Golden.isUpdate()) {
      CatalogTemplate.main(new String[] {"catalog.yaml"});
    }
    template = Template.catalog();
  }

  @Test
  void fileIsWhatSchemasAndSqlFilesSay() throws IOException, SQLException {
    Golden.assertUpToDate(
        template.file(),
        CatalogTemplate.text(),
        "transforms,io,athena-queries,pipeline,glue",
        CatalogTemplateTest.class);
  }

  @Test
  void yamlSaysWhatWasMeant() throws IOException, SQLException {
    ObjectMapper mapper = new ObjectMapper();
    assertThat(
        mapper.writeValueAsString(template.root()),
        is(
            mapper.writeValueAsString(
                CatalogTemplate.template(ViewDefinition.all(), SqlFiles.reports()))));
  }

  /** The 51,200 bytes of a template that is sent along are too few; on S3 it may have 1 MB. */
  @Test
  void templateFitsCloudFormation() throws IOException {
    assertThat(Files.size(template.file()), lessThan(1_000_000L));
    assertThat(template.resources().size(), lessThanOrEqualTo(500));
    assertThat(
        names(template.resources()).stream()
            .filter(id -> !id.matches("[A-Za-z0-9]{1,255}"))
            .toList(),
        is(empty()));
  }

  @Test
  void textsFitGlueAndAthena() {
    for (JsonNode properties : template.ofType("AWS::Glue::Table")) {
      JsonNode table = properties.path("TableInput");
      assertThat(text(table.path("Description")).length(), lessThanOrEqualTo(2048));
      assertThat(
          Template.viewText(table.path("ViewOriginalText"), "d".repeat(255)).length(),
          lessThanOrEqualTo(409_600));
      for (String comment : texts(table.path("StorageDescriptor").path("Columns"), "Comment")) {
        assertThat(comment.length(), lessThanOrEqualTo(255));
      }
    }
    for (JsonNode query : template.ofType("AWS::Athena::NamedQuery")) {
      assertThat(text(query.path("Name")).length(), lessThanOrEqualTo(128));
      assertThat(text(query.path("Description")).length(), lessThanOrEqualTo(1024));
      assertThat(
          text(query.path("QueryString")).getBytes(StandardCharsets.UTF_8).length,
          lessThanOrEqualTo(262_144));
    }
  }

  /**
   * An import without an export fails when it is deployed; an export without an import only locks.
   */
  @Test
  void importsAreTheExportsOfTheInfrastructure() throws IOException {
    Set<String> imports = new LinkedHashSet<>();
    for (JsonNode imported : template.root().findValues("Fn::ImportValue")) {
      imports.add(text(imported).replace("${Infrastructure}", ""));
    }
    Set<String> exports = new LinkedHashSet<>();
    for (JsonNode exported :
        Template.infrastructure().root().path("Outputs").findValues("Export")) {
      exports.add(text(exported.path("Name")).replace("${AWS::StackName}", ""));
    }
    assertThat(imports, is(exports));
  }

  @Test
  void partitionModeIsTheSameParameterInBothTemplates() throws IOException {
    JsonNode here = template.parameters().path("PartitionMode");
    JsonNode there = Template.infrastructure().parameters().path("PartitionMode");
    for (String field : List.of("Type", "AllowedValues", "Default")) {
      assertThat(here.path(field), is(there.path(field)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void storedTableIsTheSchemaOverTheFolder(LakeTable table) {
    JsonNode stored = template.table("stored_" + table.tableName());
    JsonNode storage = stored.path("StorageDescriptor");
    List<Schema.Field> fields = table.schema().getFields();
    assertThat(
        texts(storage.path("Columns"), "Name"),
        is(fields.stream().map(Schema.Field::name).toList()));
    assertThat(
        texts(storage.path("Columns"), "Comment"),
        is(fields.stream().map(Schema.Field::doc).toList()));
    assertThat(text(stored.path("TableType")), is("EXTERNAL_TABLE"));
    assertThat(text(stored.path("Description")), is(table.schema().getDoc()));
    assertThat(texts(stored.path("PartitionKeys"), "Name"), is(List.of("ingest_date")));
    assertThat(text(storage.path("Location")), is("${Lake}" + table.tableName() + "/"));
  }

  /** A crawler adds partitions only to tables with these three; projected tables have them too. */
  @ParameterizedTest
  @EnumSource
  void daysAreProjectedOrRegistered(LakeTable table) {
    JsonNode choice =
        template.table("stored_" + table.tableName()).path("Parameters").path("Fn::If");
    Map<String, String> declared =
        Map.of("classification", "parquet", "compressionType", "none", "typeOfData", "file");
    Map<String, String> projected = new HashMap<>(declared);
    projected.put("projection.enabled", "true");
    projected.put("projection.ingest_date.type", "date");
    projected.put("projection.ingest_date.format", "yyyy-MM-dd");
    projected.put("projection.ingest_date.range", "${FirstDay},NOW");
    projected.put("projection.ingest_date.interval", "1");
    projected.put("projection.ingest_date.interval.unit", "DAYS");
    projected.put(
        "storage.location.template",
        "${Lake}" + table.tableName() + "/ingest_date=${!ingest_date}/");
    assertThat(text(choice.path(0)), is("Projecting"));
    assertThat(values(choice.path(1)), is(projected));
    assertThat(values(choice.path(2)), is(declared));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 2026-11-20",
    "false, 2026-13-01",
    "false, 20.11.2026",
    "false, NOW-1YEARS",
  })
  void firstDayTakes(boolean taken, String day) {
    String pattern = text(template.parameters().path("FirstDay").path("AllowedPattern"));
    assertThat(day, taken ? matchesPattern(pattern) : not(matchesPattern(pattern)));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#views")
  void viewIsItsFileInTheFormOfAthena(SqlFile file) throws IOException {
    JsonNode view = template.table(file.name());
    JsonNode definition = Template.viewDefinition(view, "music");
    String create = "CREATE OR REPLACE VIEW " + file.name() + " AS\n";
    assertThat(
        create + definition.path("originalSql").asText() + "\n",
        is(file.text().substring(file.text().indexOf(create))));
    assertThat(definition.path("catalog").asText(), is("awsdatacatalog"));
    assertThat(definition.path("schema").asText(), is("music"));
    assertThat(
        texts(view.path("StorageDescriptor").path("Columns"), "Name"),
        is(texts(definition.path("columns"), "name")));
    assertThat(text(view.path("TableType")), is("VIRTUAL_VIEW"));
    assertThat(text(view.path("ViewExpandedText")), is("/* Presto View */"));
    assertThat(text(view.path("Parameters").path("presto_view")), is("true"));
  }

  /** Each view is made in a session of its own that has only what the view says it depends on. */
  @Test
  void viewDependsOnAllThatItReads(@TempDir Path folder) throws IOException, SQLException {
    for (SqlFile view : SqlFiles.views()) {
      Set<String> needed = new LinkedHashSet<>();
      collect(Views.logicalId(view.name()), needed);
      try (Connection session = DuckDbLake.open(folder);
          Statement statement = session.createStatement()) {
        for (SqlFile file : SqlFiles.views()) {
          statement.execute("DROP VIEW " + file.name());
        }
        for (LakeTable table : LakeTable.values()) {
          if (!needed.contains(StoredTables.logicalId(table))) {
            statement.execute("DROP VIEW stored_" + table.tableName());
          }
        }
        for (String id : needed) {
          JsonNode input = template.properties(id).path("TableInput");
          if (input.has("ViewOriginalText")) {
            JsonNode definition = Template.viewDefinition(input, "music");
            statement.execute(
                "CREATE VIEW %s AS %s"
                    .formatted(text(input.path("Name")), definition.path("originalSql").asText()));
          }
        }
        assertThat(Sql.rows(session, "SELECT * FROM " + view.name()), is(empty()));
      }
    }
  }

  /** The views are tables of the database: as saved queries they would only hide the reports. */
  @Test
  void savedQueriesAreTheReportsAlone() {
    Map<String, String> queries = new TreeMap<>();
    for (JsonNode query : template.ofType("AWS::Athena::NamedQuery")) {
      queries.put(text(query.path("Name")), text(query.path("QueryString")));
      assertThat(text(query.path("Database")), is("${Database}"));
    }
    assertThat(
        queries, is(SqlFiles.reports().stream().collect(toMap(SqlFile::name, SqlFile::text))));
  }

  @Test
  void reportIsDescribedByItsWholeQuestion() {
    SqlFile report =
        new SqlFile("r", "-- Question: what is\n--   asked?\n-- Grain: one row.\nSELECT 1\n");
    JsonNode query = new ObjectMapper().valueToTree(SavedReports.resource(report));
    assertThat(text(query.path("Properties").path("Description")), is("what is asked?"));
  }

  @Test
  void documentationMakesTheViewsInAnOrderThatWorks() throws IOException {
    String names = SqlFiles.views().stream().map(SqlFile::name).collect(joining(" "));
    assertThat(
        documentation().replaceAll("\\s+(\\\\\\s+)?", " "),
        containsString("for view in " + names + " do "));
  }

  /** The first and the last cell of the rows whose first cell is a parameter's name. */
  @Test
  void documentationHasEveryParameterWithItsDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Pattern row = Pattern.compile("(?m)^\\| `([A-Z][A-Za-z]+)` \\|.*\\| ([^|]+) \\|$");
    for (MatchResult found : row.matcher(documentation()).results().toList()) {
      documented.put(found.group(1), found.group(2).replaceAll("[`,]", ""));
    }
    Map<String, String> parameters = new TreeMap<>();
    for (Template each : List.of(Template.infrastructure(), template)) {
      for (String name : names(each.parameters())) {
        JsonNode standard = each.parameters().path(name).path("Default");
        parameters.put(
            name,
            standard.isMissingNode()
                ? "required"
                : standard.asText().isEmpty() ? "none" : standard.asText());
      }
    }
    assertThat(documented, is(parameters));
  }

  private static String documentation() throws IOException {
    return Files.readString(Path.of("..", "docs", "catalog.md"));
  }

  private static Map<String, String> values(JsonNode object) {
    return names(object).stream().collect(toMap(name -> name, name -> text(object.path(name))));
  }

  /** A resource and all that it depends on, those first; what depends on itself has no order. */
  private void collect(String id, Set<String> found) {
    List<String> order = names(template.resources());
    for (String source : texts(template.resources().path(id).path("DependsOn"))) {
      if (!source.isEmpty()) {
        assertThat(source, is(in(order.subList(0, order.indexOf(id)).toArray(new String[0]))));
        collect(source, found);
      }
    }
    assertThat(order, hasItem(id));
    found.add(id);
  }
}
