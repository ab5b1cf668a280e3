package dev.playlistlake.glue;

import static dev.playlistlake.glue.Deployed.list;
import static dev.playlistlake.glue.Deployed.section;
import static dev.playlistlake.glue.Deployed.text;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.queries.sql.SqlFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The file in the repository: that it is made from what it is made of, and what AWS allows. */
class CatalogTemplateTest {
  private static final Path FILE = Path.of("playlist-lake-catalog.yaml");
  private static final String REFRESH =
      "mvn -pl glue -am test -Dtest=CatalogTemplateTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update";

  @Test
  void fileIsWhatSchemasAndSqlFilesSay() throws IOException, SQLException {
    if (System.getProperty("golden.update") != null) {
      CatalogTemplate.main(new String[] {FILE.toString()});
    }
    assertThat(
        FILE + " is out of date. Refresh it by\n  " + REFRESH + "\n",
        Files.exists(FILE) ? Files.readString(FILE) : "",
        is(CatalogTemplate.text()));
  }

  @Test
  void yamlSaysWhatWasMeant() throws IOException, SQLException {
    ObjectMapper mapper = new ObjectMapper();
    assertThat(
        mapper.writeValueAsString(Deployed.template()),
        is(
            mapper.writeValueAsString(
                CatalogTemplate.template(ViewDefinition.all(), SqlFiles.reports()))));
  }

  /** The 51,200 bytes of a template that is sent along are too few; on S3 it may have 1 MB. */
  @Test
  void templateFitsCloudFormation() throws IOException {
    Map<String, Object> template = Deployed.template();
    assertThat(Files.size(FILE), lessThan(1_000_000L));
    assertThat(text(template, "Description").length(), lessThanOrEqualTo(1024));
    assertThat(section(template, "Resources").size(), lessThanOrEqualTo(500));
    assertThat(section(template, "Parameters").size(), lessThanOrEqualTo(200));
    for (Object parameter : section(template, "Parameters").values()) {
      assertThat(bytes(String.valueOf(parameter)), lessThanOrEqualTo(4096));
    }
    for (String logicalId : section(template, "Resources").keySet()) {
      assertThat(logicalId, matchesPattern("[A-Za-z0-9]{1,255}"));
    }
  }

  @Test
  void textsFitGlueAndAthena() throws IOException {
    Deployed deployed = Deployed.with();
    for (Map<String, Object> table : deployed.tables().values()) {
      assertThat(text(table, "Description").length(), lessThanOrEqualTo(2048));
      if (table.containsKey("ViewOriginalText")) {
        assertThat(text(table, "ViewOriginalText").length(), lessThanOrEqualTo(409_600));
      }
      for (Map<String, Object> column : list(section(table, "StorageDescriptor"), "Columns")) {
        assertThat(String.valueOf(column.get("Comment")).length(), lessThanOrEqualTo(255));
      }
    }
    for (Map<String, Object> query : deployed.ofType("AWS::Athena::NamedQuery")) {
      assertThat(text(query, "Name").length(), lessThanOrEqualTo(128));
      assertThat(text(query, "Description").length(), lessThanOrEqualTo(1024));
      assertThat(bytes(text(query, "QueryString")), lessThanOrEqualTo(262_144));
    }
  }

  @Test
  void policiesFitIamWithLongNames() throws IOException {
    Deployed deployed =
        Deployed.with(
            "PartitionMode",
            "crawler",
            "LakeBucket",
            "b".repeat(63),
            "LakePrefix",
            "a/folder/of/folders/",
            "DatabaseName",
            "d".repeat(64));
    assertThat(letters(deployed.properties("Reader")), lessThanOrEqualTo(6144));
    assertThat(letters(deployed.properties("CrawlerRole")), lessThanOrEqualTo(10_240));
  }

  @Test
  void valuesThatAreNotAllowedAreRefusedByPattern() throws IOException {
    Map<String, Object> parameters = section(Deployed.template(), "Parameters");
    String day = text(section(parameters, "FirstDay"), "AllowedPattern");
    assertThat("2026-11-20", matchesPattern(day));
    assertThat("2026-13-01", not(matchesPattern(day)));
    assertThat("20.11.2026", not(matchesPattern(day)));
    assertThat("NOW-1YEARS", not(matchesPattern(day)));
    String prefix = text(section(parameters, "LakePrefix"), "AllowedPattern");
    assertThat("", matchesPattern(prefix));
    assertThat("a/lake/", matchesPattern(prefix));
    assertThat("lake", not(matchesPattern(prefix)));
    assertThat("/lake/", not(matchesPattern(prefix)));
    assertThat(
        "", not(matchesPattern(text(section(parameters, "ResultsPrefix"), "AllowedPattern"))));
    assertThat(
        "My-lake",
        not(matchesPattern(text(section(parameters, "DatabaseName"), "AllowedPattern"))));
  }

  @Test
  void onlyTheBucketAndTheFirstDayHaveToBeGiven() throws IOException {
    List<String> needed = new ArrayList<>();
    section(Deployed.template(), "Parameters")
        .forEach(
            (name, parameter) -> {
              if (!((Map<?, ?>) parameter).containsKey("Default")) {
                needed.add(name);
              }
            });
    assertThat(needed, is(List.of("LakeBucket", "FirstDay")));
  }

  @Test
  void documentationMakesTheViewsInAnOrderThatWorks() throws IOException {
    String names = SqlFiles.views().stream().map(SqlFiles.SqlFile::name).collect(joining(" "));
    String documentation = Files.readString(Path.of("..", "docs", "catalog.md"));
    assertThat(
        documentation.replaceAll("\\s+(\\\\\\s+)?", " "),
        containsString("for view in " + names + " do "));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The length of a policy as IAM counts it: without whitespace; names of properties add a few. */
  private static int letters(Map<String, Object> properties) throws IOException {
    assertThat(properties, not(aMapWithSize(0)));
    return new ObjectMapper().writeValueAsString(properties).replaceAll("\\s", "").length();
  }
}
