package dev.playlistlake.glue;

import static dev.playlistlake.glue.Deployed.list;
import static dev.playlistlake.glue.Deployed.section;
import static dev.playlistlake.glue.Deployed.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in an account when the template is deployed. */
class DeploymentTest {
  private static final String CRAWLER = "AWS::Glue::Crawler";

  @ParameterizedTest
  @EnumSource
  void storedTableIsTheSchemaOverTheFolder(LakeTable table) throws IOException {
    Map<String, Object> stored = stored(Deployed.with("LakePrefix", "a/lake/"), table);
    Map<String, Object> storage = section(stored, "StorageDescriptor");
    List<String> names = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (Map<String, Object> column : list(storage, "Columns")) {
      names.add(text(column, "Name"));
      comments.add(text(column, "Comment"));
    }
    List<Schema.Field> fields = table.schema().getFields();
    assertThat(names, is(fields.stream().map(Schema.Field::name).toList()));
    assertThat(comments, is(fields.stream().map(Schema.Field::doc).toList()));
    assertThat(text(stored, "TableType"), is("EXTERNAL_TABLE"));
    assertThat(text(stored, "Description"), is(table.schema().getDoc()));
    assertThat(text(list(stored, "PartitionKeys").get(0), "Name"), is("ingest_date"));
    assertThat(text(storage, "Location"), is("s3://my-bucket/a/lake/" + table.tableName() + "/"));
    assertThat(
        section(stored, "Parameters"),
        allOf(
            hasEntry("classification", "parquet"),
            hasEntry("compressionType", "none"),
            hasEntry("typeOfData", "file")));
  }

  @Test
  void columnsHaveTheTypesOfTheContract() throws IOException {
    Map<String, String> types = new HashMap<>();
    for (Map<String, Object> column :
        list(section(stored(Deployed.with(), LakeTable.ALBUM), "StorageDescriptor"), "Columns")) {
      types.put(text(column, "Name"), text(column, "Type"));
    }
    assertThat(
        types,
        allOf(
            hasEntry("album_id", "string"),
            hasEntry("release_year", "int"),
            hasEntry("released_on", "date"),
            hasEntry("artists", "array<struct<artist_id:string,name:string>>"),
            hasEntry("fetched_at", "timestamp")));
  }

  @ParameterizedTest
  @EnumSource
  void projectionMakesTheDaysAndThereIsNoCrawler(LakeTable table) throws IOException {
    Deployed deployed = Deployed.with("PartitionMode", "projection");
    String folder = "s3://my-bucket/lake/" + table.tableName() + "/";
    assertThat(
        section(stored(deployed, table), "Parameters"),
        allOf(
            hasEntry("projection.enabled", "true"),
            hasEntry("projection.ingest_date.type", "date"),
            hasEntry("projection.ingest_date.format", "yyyy-MM-dd"),
            hasEntry("projection.ingest_date.range", "2026-11-20,NOW"),
            hasEntry("projection.ingest_date.interval", "1"),
            hasEntry("projection.ingest_date.interval.unit", "DAYS"),
            hasEntry("storage.location.template", folder + "ingest_date=${ingest_date}/")));
    assertThat(deployed.ofType(CRAWLER), is(empty()));
    assertThat(deployed.resources().keySet(), not(hasItem("CrawlerRole")));
  }

  @ParameterizedTest
  @EnumSource
  void crawlerComesWithoutProjection(LakeTable table) throws IOException {
    Deployed deployed = Deployed.with("PartitionMode", "crawler");
    assertThat(
        section(stored(deployed, table), "Parameters").keySet(),
        is(Set.of("classification", "compressionType", "typeOfData")));
    assertThat(deployed.ofType(CRAWLER).size(), is(1));
  }

  @Test
  void crawlerLooksAtTheStoredTablesAndAtRunLast() throws IOException {
    Map<String, Object> crawler =
        Deployed.with("PartitionMode", "crawler", "DatabaseName", "music").ofType(CRAWLER).get(0);
    List<Object> tables = new ArrayList<>();
    for (Map<String, Object> target : list(section(crawler, "Targets"), "CatalogTargets")) {
      assertThat(text(target, "DatabaseName"), is("music"));
      tables.addAll((List<?>) target.get("Tables"));
    }
    assertThat(
        Set.copyOf(tables),
        is(
            Set.copyOf(
                Arrays.stream(LakeTable.values()).map(t -> "stored_" + t.tableName()).toList())));
    assertThat(tables.size(), is(LakeTable.values().length));
    assertThat(tables.get(tables.size() - 1), is("stored_run"));
    assertThat(section(crawler, "Targets").keySet(), is(Set.of("CatalogTargets")));
    assertThat(
        section(crawler, "SchemaChangePolicy"),
        is(Map.of("UpdateBehavior", "LOG", "DeleteBehavior", "LOG")));
    assertThat(section(crawler, "Schedule"), hasKey("ScheduleExpression"));
    assertThat(crawler.get("Role"), is("CrawlerRole.Arn"));
    JsonNode configuration = new ObjectMapper().readTree(text(crawler, "Configuration"));
    assertThat(
        configuration.at("/Grouping/TableGroupingPolicy").asText(), is("CombineCompatibleSchemas"));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.queries.sql.SqlFiles#views")
  void viewIsItsFileInTheFormOfAthena(SqlFile file) throws IOException {
    Deployed deployed = Deployed.with("DatabaseName", "music");
    Map<String, Object> view = table(deployed, file.name());
    JsonNode definition = definition(view);
    List<String> names = new ArrayList<>();
    definition.path("columns").forEach(column -> names.add(column.path("name").asText()));
    List<String> columns = new ArrayList<>();
    for (Map<String, Object> column : list(section(view, "StorageDescriptor"), "Columns")) {
      columns.add(text(column, "Name"));
    }
    String create = "CREATE OR REPLACE VIEW " + file.name() + " AS\n";
    assertThat(
        create + definition.path("originalSql").asText() + "\n",
        is(file.text().substring(file.text().indexOf(create))));
    assertThat(definition.path("catalog").asText(), is("awsdatacatalog"));
    assertThat(definition.path("schema").asText(), is("music"));
    assertThat(columns, is(names));
    assertThat(text(view, "TableType"), is("VIRTUAL_VIEW"));
    assertThat(text(view, "ViewExpandedText"), is("/* Presto View */"));
    assertThat(section(view, "Parameters"), hasEntry("presto_view", "true"));
  }

  @Test
  void listOfArtistsHasItsTypeInBothTongues() throws IOException {
    Map<String, Object> view = table(Deployed.with(), "song");
    assertThat(
        list(section(view, "StorageDescriptor"), "Columns"),
        hasItem(Map.of("Name", "artists", "Type", "array<struct<artist_id:string,name:string>>")));
    List<String> columns = new ArrayList<>();
    definition(view).path("columns").forEach(column -> columns.add(column.toString()));
    assertThat(
        columns,
        hasItem("{\"name\":\"artists\",\"type\":\"array(row(artist_id varchar, name varchar))\"}"));
  }

  /** Each view is made in a session of its own, where nothing is but what it says it depends on. */
  @Test
  void viewDependsOnAllThatItReads(@TempDir Path folder) throws IOException, SQLException {
    Deployed deployed = Deployed.with();
    List<String> order = List.copyOf(deployed.resources().keySet());
    for (String view : order.stream().filter(id -> id.startsWith("View")).toList()) {
      Set<String> needed = new LinkedHashSet<>();
      collect(deployed, view, needed);
      try (Connection session = DuckDbLake.open(folder);
          Statement statement = session.createStatement()) {
        for (SqlFiles.SqlFile file : SqlFiles.views()) {
          statement.execute("DROP VIEW " + file.name());
        }
        for (LakeTable table : LakeTable.values()) {
          if (!needed.contains(StoredTables.logicalId(table))) {
            statement.execute("DROP VIEW stored_" + table.tableName());
          }
        }
        for (String id : needed) {
          Map<String, Object> input = section(deployed.properties(id), "TableInput");
          if (input.containsKey("ViewOriginalText")) {
            statement.execute(
                "CREATE VIEW %s AS %s"
                    .formatted(
                        text(input, "Name"), definition(input).path("originalSql").asText()));
          }
        }
        String name = text(section(deployed.properties(view), "TableInput"), "Name");
        assertThat(Sql.rows(session, "SELECT * FROM " + name), is(empty()));
      }
    }
  }

  @Test
  void everyReportAndViewFileIsANamedQuery() throws IOException {
    Deployed deployed = Deployed.with("DatabaseName", "music");
    Map<String, String> queries = new HashMap<>();
    for (Map<String, Object> query : deployed.ofType("AWS::Athena::NamedQuery")) {
      queries.put(text(query, "Name"), text(query, "QueryString"));
      assertThat(query, allOf(hasEntry("Database", "music"), hasEntry("WorkGroup", "music")));
    }
    Map<String, String> files = new HashMap<>();
    SqlFiles.reports().forEach(report -> files.put(report.name(), report.text()));
    SqlFiles.views().forEach(view -> files.put("create_view_" + view.name(), view.text()));
    assertThat(queries, is(files));
  }

  @Test
  void reportIsDescribedByItsWholeQuestion() {
    SqlFile report =
        new SqlFile("r", "-- Question: what is\n--   asked?\n-- Grain: one row.\nSELECT 1\n");
    assertThat(
        section(Workgroup.report(report), "Properties").get("Description"), is("what is asked?"));
  }

  @Test
  void workgroupEnforcesWhereResultsGoAndHowMuchIsRead() throws IOException {
    Deployed deployed = Deployed.with("ScanLimit", "20000000", "ResultsPrefix", "athena-answers/");
    Map<String, Object> configuration =
        section(deployed.properties("WorkGroup"), "WorkGroupConfiguration");
    Map<String, Object> result = section(configuration, "ResultConfiguration");
    assertThat(configuration.get("EnforceWorkGroupConfiguration"), is(true));
    assertThat(configuration.get("BytesScannedCutoffPerQuery"), is("20000000"));
    assertThat(
        section(configuration, "EngineVersion"),
        is(Map.of("SelectedEngineVersion", "Athena engine version 3")));
    assertThat(text(result, "OutputLocation"), is("s3://my-bucket/athena-answers/"));
    assertThat(
        section(result, "EncryptionConfiguration"), is(Map.of("EncryptionOption", "SSE_S3")));
  }

  @Test
  void bucketIsMadeOnlyWhenWanted() throws IOException {
    Deployed deployed = Deployed.with("CreateBucket", "false");
    assertThat(deployed.ofType("AWS::S3::Bucket"), is(empty()));
    assertThat(deployed.ofType("AWS::S3::BucketPolicy"), is(empty()));
  }

  @Test
  void bucketIsClosedEncryptedAndKept() throws IOException {
    Deployed deployed = Deployed.with("CreateBucket", "true");
    Map<String, Object> bucket = deployed.properties("Bucket");
    Map<String, Object> statement =
        list(section(deployed.properties("BucketPolicy"), "PolicyDocument"), "Statement").get(0);
    for (String kept : List.of("Bucket", "BucketPolicy")) {
      assertThat(
          deployed.resources().get(kept),
          allOf(hasEntry("DeletionPolicy", "Retain"), hasEntry("UpdateReplacePolicy", "Retain")));
    }
    assertThat(
        section(bucket, "PublicAccessBlockConfiguration").values(), everyItem(is((Object) true)));
    assertThat(bucket.toString().contains("SSEAlgorithm=AES256"), is(true));
    assertThat(
        statement,
        is(
            Map.of(
                "Sid", "EncryptedConnectionsOnly",
                "Effect", "Deny",
                "Principal", "*",
                "Action", "s3:*",
                "Resource", List.of("arn:aws:s3:::my-bucket", "arn:aws:s3:::my-bucket/*"),
                "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false")))));
  }

  @Test
  void bucketForgetsStoredAnswersTemporaryFilesAndResultsOnly() throws IOException {
    Deployed deployed = Deployed.with("CreateBucket", "true", "LakePrefix", "a/");
    Map<String, Object> days = new HashMap<>();
    for (Map<String, Object> rule :
        list(section(deployed.properties("Bucket"), "LifecycleConfiguration"), "Rules")) {
      assertThat(text(rule, "Status"), is("Enabled"));
      if (rule.containsKey("ExpirationInDays")) {
        days.put(text(rule, "Prefix"), rule.get("ExpirationInDays"));
      } else {
        assertThat(
            section(rule, "AbortIncompleteMultipartUpload"), is(Map.of("DaysAfterInitiation", 1)));
      }
    }
    assertThat(days, is(Map.of("a/raw/", 30, "a/_tmp/", 1, "athena-results/", 7)));
  }

  /** Results are forgotten after a week, and readers may write and read there. */
  @ParameterizedTest
  @CsvSource({
    "ResultsPrefix, lake/",
    "ResultsPrefix, lake/song/",
    "ResultsPrefix, song/",
    "ResultsPrefix, raw/",
    "ResultsPrefix, athena-results",
    "ResultsPrefix, athena-",
    "LakePrefix, athena-results/",
    "LakePrefix, athena-results/lake/",
    "LakePrefix, athena-/",
  })
  void resultsAreNeverInTheLakeNorTheLakeInTheResults(String parameter, String value) {
    assertThrows(IllegalArgumentException.class, () -> Deployed.with(parameter, value));
  }

  @ParameterizedTest
  @CsvSource({
    "ResultsPrefix, athena-results/of/readers/",
    "ResultsPrefix, athena-/",
    "LakePrefix, ''",
    "LakePrefix, athena/",
    "LakePrefix, a/athena-lake/",
  })
  void otherFoldersMayBeChosen(String parameter, String value) throws IOException {
    assertThat(Deployed.with(parameter, value).ofType(CRAWLER), is(empty()));
  }

  private static Map<String, Object> stored(Deployed deployed, LakeTable table) {
    return table(deployed, "stored_" + table.name().toLowerCase(Locale.ROOT));
  }

  private static Map<String, Object> table(Deployed deployed, String name) {
    assertThat(deployed.tables(), hasKey(name));
    return deployed.tables().getOrDefault(name, Map.of());
  }

  private static JsonNode definition(Map<String, Object> view) throws IOException {
    String text = text(view, "ViewOriginalText");
    assertThat(text, startsWith("/* Presto View: "));
    String encoded = text.substring("/* Presto View: ".length(), text.length() - " */".length());
    return new ObjectMapper()
        .readTree(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
  }

  /** A resource and all that it depends on, those first; what depends on itself has no order. */
  private static void collect(Deployed deployed, String id, Set<String> found) {
    List<String> order = List.copyOf(deployed.resources().keySet());
    Object needed =
        deployed.resources().getOrDefault(id, Map.of()).getOrDefault("DependsOn", List.of());
    for (Object source : (List<?>) needed) {
      assertThat(source, is(in(order.subList(0, order.indexOf(id)).toArray())));
      collect(deployed, (String) source, found);
    }
    assertThat(order.indexOf(id), is(not(-1)));
    found.add(id);
  }
}
