package dev.playlistlake.glue;

import static dev.playlistlake.glue.Template.names;
import static dev.playlistlake.glue.Template.stream;
import static dev.playlistlake.glue.Template.text;
import static dev.playlistlake.glue.Template.texts;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What infrastructure.yaml must say, whatever else changes in it. */
class InfrastructureTest {
  private static final String BUCKET = "arn:${AWS::Partition}:s3:::${LakeBucket}";
  private static final String OURS = ":${AWS::Region}:${AWS::AccountId}:";
  private static final String GLUE = "arn:${AWS::Partition}:glue" + OURS;
  private static final String ATHENA = "arn:${AWS::Partition}:athena" + OURS;
  private static final String LOGS = "arn:${AWS::Partition}:logs" + OURS;

  /** Every resource that any role may touch. */
  private static final Set<String> OWN =
      Set.of(
          ATHENA + "workgroup/${WorkGroup}",
          ATHENA + "datacatalog/AwsDataCatalog",
          GLUE + "catalog",
          GLUE + "database/${DatabaseName}",
          GLUE + "database/default",
          GLUE + "table/${DatabaseName}/*",
          GLUE + "table/${DatabaseName}/stored_*",
          BUCKET,
          BUCKET + "/${ResultsPrefix}*",
          LOGS + "log-group:/aws-glue/crawlers",
          LOGS + "log-group:/aws-glue/crawlers:*",
          "${KmsKeyArn}");

  /** Actions for which IAM takes nothing but an asterisk. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("athena:ListDataCatalogs", "athena:ListWorkGroups");

  private final Template template;

  InfrastructureTest() throws IOException {
    template = Template.infrastructure();
  }

  /** Longer templates cannot be sent along with the request; they need a bucket to be read from. */
  @Test
  void templateNeedsNoBucketToBeDeployedFrom() throws IOException {
    assertThat(Files.size(template.file()), lessThan(51_200L));
  }

  @Test
  void onlyTheBucketHasToBeGiven() {
    JsonNode parameters = template.parameters();
    assertThat(
        names(parameters).stream().filter(name -> !parameters.path(name).has("Default")).toList(),
        is(List.of("LakeBucket")));
  }

  /** The functions of a condition cannot be checked by a linter: the wrong way round is valid. */
  @ParameterizedTest
  @CsvSource({
    "Crawling, PartitionMode, crawler, true",
    "MakingBucket, CreateBucket, true, true",
    "ExpiringRaw, RawDays, 0, false",
    "WithKmsKey, KmsKeyArn, '', false",
    "WithRolePath, RolePath, /, false",
    "WithBoundary, PermissionsBoundaryArn, '', false",
  })
  void conditionHolds(String condition, String parameter, String value, boolean holds) {
    String equals = "{\"Fn::Equals\":[{\"Ref\":\"%s\"},\"%s\"]}".formatted(parameter, value);
    assertThat(
        template.root().path("Conditions").path(condition).toString(),
        is(holds ? equals : "{\"Fn::Not\":[" + equals + "]}"));
  }

  @Test
  void keyEncryptsBucketAndResultsWhereItIsGiven() {
    JsonNode bucket =
        template.properties("Bucket").at("/BucketEncryption/ServerSideEncryptionConfiguration/0");
    assertThat(
        bucket.toString(),
        is(
            "{\"Fn::If\":[\"WithKmsKey\",{\"BucketKeyEnabled\":true,"
                + "\"ServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"aws:kms\","
                + "\"KMSMasterKeyID\":{\"Ref\":\"KmsKeyArn\"}}},"
                + "{\"ServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"AES256\"}}]}"));
    JsonNode results =
        template
            .properties("WorkGroup")
            .at("/WorkGroupConfiguration/ResultConfiguration/EncryptionConfiguration");
    assertThat(
        results.toString(),
        is(
            "{\"Fn::If\":[\"WithKmsKey\",{\"EncryptionOption\":\"SSE_KMS\","
                + "\"KmsKey\":{\"Ref\":\"KmsKeyArn\"}},{\"EncryptionOption\":\"SSE_S3\"}]}"));
  }

  /**
   * The single stack of older versions has these resources under these names. With another name, or
   * another value of a property that AWS cannot change, an update would replace what people use.
   */
  @Test
  void updateOfAnOlderStackReplacesNothing() {
    assertThat(
        names(template.resources()),
        hasItems(
            "Bucket",
            "BucketPolicy",
            "WorkGroup",
            "Reader",
            "ReaderRole",
            "CrawlerRole",
            "Crawler"));
    assertThat(text(template.properties("Bucket").path("BucketName")), is("${LakeBucket}"));
    assertThat(text(template.properties("BucketPolicy").path("Bucket")), is("${Bucket}"));
    assertThat(text(template.properties("WorkGroup").path("Name")), is("${AWS::StackName}"));
    assertThat(
        text(template.properties("Reader").path("Description")),
        is("Questions to the playlist lake in Athena; no stored answers."));
    for (String id : List.of("Reader", "ReaderRole", "CrawlerRole")) {
      assertThat(
          template.properties(id).path("Path").toString(),
          is("{\"Fn::If\":[\"WithRolePath\",{\"Ref\":\"RolePath\"},{\"Ref\":\"AWS::NoValue\"}]}"));
      assertThat(names(template.properties(id)), not(hasItems("RoleName")));
      assertThat(names(template.properties(id)), not(hasItems("ManagedPolicyName")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bucket", "BucketPolicy"})
  void bucketOutlivesItsStack(String id) {
    JsonNode resource = template.resources().path(id);
    assertThat(text(resource.path("DeletionPolicy")), is("RetainExceptOnCreate"));
    assertThat(text(resource.path("UpdateReplacePolicy")), is("Retain"));
    assertThat(text(resource.path("Condition")), is("MakingBucket"));
  }

  @Test
  void bucketIsClosedAndTakesEncryptedConnectionsOnly() {
    JsonNode bucket = template.properties("Bucket");
    JsonNode closed = bucket.path("PublicAccessBlockConfiguration");
    assertThat(closed.size(), is(4));
    stream(closed).forEach(setting -> assertThat(setting.asBoolean(), is(true)));
    JsonNode statement =
        template.properties("BucketPolicy").path("PolicyDocument").path("Statement").path(0);
    assertThat(text(statement.path("Effect")), is("Deny"));
    assertThat(text(statement.path("Principal")), is("*"));
    assertThat(text(statement.path("Action")), is("s3:*"));
    assertThat(texts(statement.path("Resource")), is(List.of(BUCKET, BUCKET + "/*")));
    assertThat(
        statement.path("Condition").toString(),
        is("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}"));
  }

  @Test
  void lifecycleRemovesStoredResponsesTemporaryFilesAndResultsOnly() {
    Map<String, String> days = new TreeMap<>();
    for (JsonNode entry :
        template.properties("Bucket").path("LifecycleConfiguration").path("Rules")) {
      JsonNode rule = chosen(entry, "ExpiringRaw");
      assertThat(text(rule.path("Status")), is("Enabled"));
      if (rule.has("AbortIncompleteMultipartUpload")) {
        assertThat(names(rule), is(List.of("Id", "Status", "AbortIncompleteMultipartUpload")));
      } else {
        days.put(text(rule.path("Prefix")), text(rule.path("ExpirationInDays")));
      }
    }
    assertThat(
        days,
        is(
            Map.of(
                "${LakePrefix}raw/",
                "${RawDays}",
                "${LakePrefix}_tmp/",
                "1",
                "${ResultsPrefix}",
                "7")));
  }

  @Test
  void workgroupEnforcesWhereResultsGoAndHowMuchIsRead() {
    JsonNode configuration = template.properties("WorkGroup").path("WorkGroupConfiguration");
    assertThat(configuration.path("EnforceWorkGroupConfiguration").asBoolean(), is(true));
    assertThat(text(configuration.path("BytesScannedCutoffPerQuery")), is("${ScanLimit}"));
    assertThat(
        text(configuration.path("ResultConfiguration").path("OutputLocation")),
        is("s3://${LakeBucket}/${ResultsPrefix}"));
  }

  /** Both ways: a table that is missing here cannot be read, and no other folder may be. */
  @Test
  void rolesReadTheFoldersOfTheTables() {
    List<String> folders =
        Arrays.stream(LakeTable.values())
            .map(table -> "${LakePrefix}" + table.tableName() + "/*")
            .toList();
    List<String> files = folders.stream().map(folder -> BUCKET + "/" + folder).toList();
    Map<String, JsonNode> reader = bySid(reader());
    Map<String, JsonNode> crawler = bySid(crawler());
    for (Map<String, JsonNode> statements : List.of(reader, crawler)) {
      assertThat(resources(statements, "ReadTables"), is(files));
      assertThat(resources(statements, "ListTables"), is(List.of(BUCKET)));
    }
    assertThat(prefixes(crawler), is(folders));
    assertThat(
        prefixes(reader),
        is(Stream.concat(folders.stream(), Stream.of("${ResultsPrefix}*")).toList()));
    Stream.concat(reader().stream(), crawler().stream())
        .filter(statement -> texts(statement.path("Action")).contains("s3:GetObject"))
        .flatMap(statement -> texts(statement.path("Resource")).stream())
        .forEach(
            file -> assertThat(file, either(is(in(files))).or(is(BUCKET + "/${ResultsPrefix}*"))));
  }

  /** Reading aside, a reader runs queries and writes results. */
  @Test
  void readerChangesNothingButResults() {
    Map<String, List<String>> changes = new TreeMap<>();
    for (JsonNode statement : reader()) {
      for (String action : texts(statement.path("Action"))) {
        if (!action.matches("\\w+:(BatchGet|Get|List)\\w+")) {
          changes.put(action, texts(statement.path("Resource")));
        }
      }
    }
    List<String> workgroup = List.of(ATHENA + "workgroup/${WorkGroup}");
    List<String> results = List.of(BUCKET + "/${ResultsPrefix}*");
    List<String> key = List.of("${KmsKeyArn}");
    assertThat(
        changes,
        is(
            Map.of(
                "athena:StartQueryExecution", workgroup,
                "athena:StopQueryExecution", workgroup,
                "kms:Decrypt", key,
                "kms:GenerateDataKey", key,
                "s3:AbortMultipartUpload", results,
                "s3:PutObject", results)));
  }

  @Test
  void crawlerChangesPartitionsOfStoredTablesOnly() {
    List<String> changes =
        crawler().stream()
            .flatMap(statement -> texts(statement.path("Action")).stream())
            .filter(action -> !action.matches("\\w+:(BatchGet|Get|List)\\w+"))
            .toList();
    assertThat(
        changes,
        is(
            List.of(
                "glue:BatchCreatePartition",
                "glue:BatchUpdatePartition",
                "glue:CreatePartition",
                "glue:UpdatePartition",
                "glue:UpdateTable",
                "kms:Decrypt",
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:PutLogEvents")));
    assertThat(
        resources(bySid(crawler()), "RegisterDays"),
        is(
            List.of(
                GLUE + "catalog",
                GLUE + "database/${DatabaseName}",
                GLUE + "table/${DatabaseName}/stored_*")));
  }

  @Test
  void everyStatementNamesItsActionsAndTheNarrowestResource() {
    for (JsonNode statement : Stream.concat(reader().stream(), crawler().stream()).toList()) {
      assertThat(text(statement.path("Effect")), is("Allow"));
      List<String> actions = texts(statement.path("Action"));
      assertThat(actions, everyItem(not(containsString("*"))));
      for (String resource : texts(statement.path("Resource"))) {
        if (resource.equals("*")) {
          assertThat(actions, everyItem(is(in(WITHOUT_RESOURCE))));
        } else if (!resource.startsWith(BUCKET + "/${LakePrefix}")) {
          assertThat(resource, is(in(OWN)));
        }
      }
    }
  }

  /** The key is used where S3 uses it for the caller, and nowhere else. */
  @Test
  void keyIsUsedThroughS3Only() {
    for (List<JsonNode> statements : List.of(reader(), crawler())) {
      JsonNode statement =
          bySid(statements).getOrDefault("UseTheKeyThroughS3", MissingNode.getInstance());
      assertThat(texts(statement.path("Resource")), is(List.of("${KmsKeyArn}")));
      assertThat(
          text(statement.path("Condition").path("StringEquals").path("kms:ViaService")),
          is("s3.${AWS::Region}.${AWS::URLSuffix}"));
    }
  }

  @Test
  void onlyGlueIsTheCrawlerAndOnlyThisAccountReads() {
    assertThat(
        trust("CrawlerRole"),
        is(
            "[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"glue.amazonaws.com\"},"
                + "\"Action\":\"sts:AssumeRole\"}]"));
    assertThat(
        trust("ReaderRole"),
        is(
            "[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                + "{\"Fn::Sub\":\"arn:${AWS::Partition}:iam::${AWS::AccountId}:root\"}},"
                + "\"Action\":\"sts:AssumeRole\"}]"));
    JsonNode role = template.properties("ReaderRole");
    assertThat(texts(role.path("ManagedPolicyArns")), is(List.of("${Reader}")));
    assertThat(role.has("Policies"), is(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReaderRole", "CrawlerRole"})
  void everyRoleHasTheBoundary(String role) {
    assertThat(
        text(chosen(template.properties(role).path("PermissionsBoundary"), "WithBoundary")),
        is("${PermissionsBoundaryArn}"));
  }

  @Test
  void crawlerLooksAtTheStoredTablesAndAtRunLast() throws IOException {
    JsonNode crawler = template.properties("Crawler");
    List<String> tables =
        stream(crawler.path("Targets").path("CatalogTargets"))
            .flatMap(target -> texts(target.path("Tables")).stream())
            .toList();
    assertThat(
        Set.copyOf(tables),
        is(
            Set.copyOf(
                Arrays.stream(LakeTable.values())
                    .map(table -> "stored_" + table.tableName())
                    .toList())));
    assertThat(tables.size(), is(LakeTable.values().length));
    assertThat(tables.get(tables.size() - 1), is("stored_run"));
    assertThat(names(crawler.path("Targets")), is(List.of("CatalogTargets")));
    assertThat(
        crawler.path("SchemaChangePolicy").toString(),
        is("{\"UpdateBehavior\":\"LOG\",\"DeleteBehavior\":\"LOG\"}"));
    assertThat(
        new ObjectMapper()
            .readTree(text(crawler.path("Configuration")))
            .at("/Grouping/TableGroupingPolicy")
            .asText(),
        is("CombineCompatibleSchemas"));
    for (String id : List.of("Crawler", "CrawlerRole")) {
      assertThat(text(template.resources().path(id).path("Condition")), is("Crawling"));
    }
  }

  /** IAM takes 6,144 characters. The functions make the policy longer here than it is there. */
  @Test
  void policyOfReadersFitsIamWithLongNames() {
    String policy = template.properties("Reader").path("PolicyDocument").toString();
    String longest =
        policy
            .replace("${LakeBucket}", "b".repeat(63))
            .replace("${LakePrefix}", "a/folder/of/folders/")
            .replace("${DatabaseName}", "d".repeat(64));
    assertThat(longest.length(), is(both(greaterThan(3000)).and(lessThan(6144))));
  }

  @ParameterizedTest
  @CsvSource({
    "true, LakePrefix, ''",
    "true, LakePrefix, a/lake/",
    "true, LakePrefix, a/athena-lake/",
    "false, LakePrefix, lake",
    "false, LakePrefix, /lake/",
    "false, LakePrefix, athena-results/",
    "true, ResultsPrefix, athena-results/of/readers/",
    "false, ResultsPrefix, ''",
    "false, ResultsPrefix, lake/",
    "false, ResultsPrefix, athena-results",
    "false, DatabaseName, My-lake",
    "true, KmsKeyArn, ''",
    "true, KmsKeyArn, arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "false, KmsKeyArn, arn:aws:kms:eu-west-1:123456789012:alias/lake",
    "true, PermissionsBoundaryArn, ''",
    "true, PermissionsBoundaryArn, arn:aws:iam::123456789012:policy/teams/boundary",
    "false, PermissionsBoundaryArn, arn:aws:iam::123456789012:role/boundary",
    "true, RolePath, /",
    "true, RolePath, /teams/data/",
    "false, RolePath, teams/",
    "false, RolePath, /teams",
  })
  void parameterTakes(boolean taken, String parameter, String value) {
    String pattern = text(template.parameters().path(parameter).path("AllowedPattern"));
    assertThat(value, taken ? matchesPattern(pattern) : not(matchesPattern(pattern)));
  }

  private List<JsonNode> reader() {
    return statements(template.properties("Reader").path("PolicyDocument"));
  }

  private List<JsonNode> crawler() {
    return stream(template.properties("CrawlerRole").path("Policies"))
        .flatMap(policy -> statements(policy.path("PolicyDocument")).stream())
        .toList();
  }

  private static List<JsonNode> statements(JsonNode policy) {
    return stream(policy.path("Statement")).map(one -> chosen(one, "WithKmsKey")).toList();
  }

  /** What an Fn::If of this condition gives where it holds; else the value itself. */
  private static JsonNode chosen(JsonNode value, String condition) {
    JsonNode choice = value.path("Fn::If");
    if (choice.isMissingNode()) {
      return value;
    }
    assertThat(text(choice.path(0)), is(condition));
    assertThat(text(choice.path(2)), is("${AWS::NoValue}"));
    return choice.path(1);
  }

  private static Map<String, JsonNode> bySid(List<JsonNode> statements) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    statements.forEach(statement -> named.put(text(statement.path("Sid")), statement));
    return named;
  }

  private static List<String> resources(Map<String, JsonNode> statements, String sid) {
    JsonNode statement = statements.get(sid);
    return statement == null ? List.of() : texts(statement.path("Resource"));
  }

  private static List<String> prefixes(Map<String, JsonNode> statements) {
    JsonNode statement = statements.get("ListTables");
    return statement == null
        ? List.of()
        : texts(statement.path("Condition").path("StringLike").path("s3:prefix"));
  }

  private String trust(String role) {
    return template.properties(role).path("AssumeRolePolicyDocument").path("Statement").toString();
  }
}
