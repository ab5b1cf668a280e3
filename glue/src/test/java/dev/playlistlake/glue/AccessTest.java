package dev.playlistlake.glue;

import static dev.playlistlake.glue.Deployed.list;
import static dev.playlistlake.glue.Deployed.section;
import static dev.playlistlake.glue.Deployed.text;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the policies allow, asked as IAM would ask: may this action be done to this resource? */
class AccessTest {
  private static final String GLUE = "arn:aws:glue:eu-central-1:123456789012:";
  private static final String ATHENA = "arn:aws:athena:eu-central-1:123456789012:";

  /** Actions that know no resource: IAM takes nothing but an asterisk for them. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("athena:ListDataCatalogs", "athena:ListWorkGroups");

  @ParameterizedTest
  @CsvSource({
    "true, s3:GetObject, arn:aws:s3:::my-bucket/lake/song/ingest_date=2026-11-20/r.parquet",
    "true, s3:GetObject, arn:aws:s3:::my-bucket/lake/run/ingest_date=2026-11-20/r.parquet",
    "false, s3:GetObject, arn:aws:s3:::my-bucket/lake/raw/ingest_date=2026-11-20/list/r.jsonl.gz",
    "false, s3:GetObject, arn:aws:s3:::my-bucket/lake/_tmp/r/song.parquet",
    "false, s3:GetObject, arn:aws:s3:::my-bucket/lake/_salt",
    "false, s3:GetObject, arn:aws:s3:::my-bucket/other/song/x.parquet",
    "false, s3:GetObject, arn:aws:s3:::my-bucket-2/lake/song/x.parquet",
    "false, s3:PutObject, arn:aws:s3:::my-bucket/lake/song/ingest_date=2026-11-20/r.parquet",
    "false, s3:DeleteObject, arn:aws:s3:::my-bucket/lake/song/ingest_date=2026-11-20/r.parquet",
    "true, s3:PutObject, arn:aws:s3:::my-bucket/athena-results/1.csv",
    "true, s3:GetObject, arn:aws:s3:::my-bucket/athena-results/1.csv",
    "true, s3:GetBucketLocation, arn:aws:s3:::my-bucket",
    "true, s3:ListBucketMultipartUploads, arn:aws:s3:::my-bucket",
    "false, s3:ListBucketMultipartUploads, arn:aws:s3:::my-bucket-2",
    "true, s3:ListMultipartUploadParts, arn:aws:s3:::my-bucket/athena-results/1.csv",
    "true, s3:AbortMultipartUpload, arn:aws:s3:::my-bucket/athena-results/1.csv",
    "false, s3:AbortMultipartUpload, arn:aws:s3:::my-bucket/lake/song/r.parquet",
  })
  void readerSeesTablesAndResultsOnly(boolean allowed, String action, String resource)
      throws IOException {
    assertThat(allows(reader(), action, resource, ""), is(allowed));
  }

  @ParameterizedTest
  @CsvSource({
    "true, lake/song/ingest_date=2026-11-20/",
    "true, lake/playlist_event/",
    "true, athena-results/",
    "false, lake/raw/",
    "false, lake/",
    "false, ''",
  })
  void readerListsTablesAndResultsOnly(boolean allowed, String prefix) throws IOException {
    assertThat(allows(reader(), "s3:ListBucket", "arn:aws:s3:::my-bucket", prefix), is(allowed));
  }

  @ParameterizedTest
  @CsvSource({
    "true, athena:StartQueryExecution, workgroup/music",
    "true, athena:GetNamedQuery, workgroup/music",
    "false, athena:StartQueryExecution, workgroup/primary",
    "false, athena:UpdateWorkGroup, workgroup/music",
    "false, athena:DeleteNamedQuery, workgroup/music",
    "true, athena:GetTableMetadata, datacatalog/AwsDataCatalog",
  })
  void readerAsksInThisWorkgroupOnly(boolean allowed, String action, String resource)
      throws IOException {
    assertThat(allows(reader(), action, ATHENA + resource, ""), is(allowed));
  }

  @ParameterizedTest
  @CsvSource({
    "true, glue:GetTable, table/playlist_lake/song",
    "true, glue:GetPartitions, table/playlist_lake/stored_song",
    "true, glue:GetDatabase, database/default",
    "false, glue:GetTables, database/default",
    "false, glue:GetTable, table/other/song",
    "false, glue:UpdateTable, table/playlist_lake/song",
    "false, glue:DeleteTable, table/playlist_lake/song",
  })
  void readerSeesThisDatabaseOnly(boolean allowed, String action, String resource)
      throws IOException {
    assertThat(allows(reader(), action, GLUE + resource, ""), is(allowed));
  }

  @ParameterizedTest
  @CsvSource({
    "true, s3:GetObject, arn:aws:s3:::my-bucket/lake/song/ingest_date=2026-11-20/r.parquet",
    "false, s3:GetObject, arn:aws:s3:::my-bucket/lake/raw/ingest_date=2026-11-20/list/r.jsonl.gz",
    "false, s3:GetObject, arn:aws:s3:::my-bucket/athena-results/1.csv",
    "false, s3:PutObject, arn:aws:s3:::my-bucket/lake/song/ingest_date=2026-11-20/r.parquet",
    "true, glue:BatchCreatePartition,"
        + " arn:aws:glue:eu-central-1:123456789012:table/playlist_lake/stored_song",
    "false, glue:BatchCreatePartition,"
        + " arn:aws:glue:eu-central-1:123456789012:table/other/stored_song",
    "false, glue:UpdateTable, arn:aws:glue:eu-central-1:123456789012:table/playlist_lake/song",
    "false, glue:DeleteTable,"
        + " arn:aws:glue:eu-central-1:123456789012:table/playlist_lake/stored_song",
    "true, logs:PutLogEvents,"
        + " arn:aws:logs:eu-central-1:123456789012:log-group:/aws-glue/crawlers:log-stream:days",
    "false, logs:PutLogEvents,"
        + " arn:aws:logs:eu-central-1:123456789012:log-group:/other:log-stream:days",
    "false, athena:StartQueryExecution,"
        + " arn:aws:athena:eu-central-1:123456789012:workgroup/music",
  })
  void crawlerRegistersDaysOnly(boolean allowed, String action, String resource)
      throws IOException {
    assertThat(allows(crawler(), action, resource, ""), is(allowed));
  }

  @Test
  void onlyGlueMayActAsTheCrawler() throws IOException {
    Map<String, Object> trust =
        section(
            Deployed.with("PartitionMode", "crawler").properties("CrawlerRole"),
            "AssumeRolePolicyDocument");
    assertThat(
        list(trust, "Statement"),
        is(
            List.of(
                Map.of(
                    "Effect", "Allow",
                    "Principal", Map.of("Service", "glue.amazonaws.com"),
                    "Action", "sts:AssumeRole"))));
  }

  @Test
  void everyStatementNamesItsActionsAndTheNarrowestResource() throws IOException {
    List<Map<String, Object>> statements = new ArrayList<>(reader());
    statements.addAll(crawler());
    for (Map<String, Object> statement : statements) {
      assertThat(statement.get("Effect"), is("Allow"));
      for (String action : texts(statement, "Action")) {
        assertThat(action, not(containsString("*")));
      }
      if (texts(statement, "Resource").contains("*")) {
        assertThat(texts(statement, "Action"), everyItem(is(in(WITHOUT_RESOURCE))));
      }
    }
  }

  @Test
  void askedAsIamAsks() throws IOException {
    List<Map<String, Object>> policy =
        List.of(
            Map.of(
                "Effect", "Allow",
                "Action", List.of("s3:GetObject"),
                "Resource", List.of("arn:aws:s3:::b/a.b/*")));
    assertThat(allows(policy, "s3:GetObject", "arn:aws:s3:::b/a.b/c", ""), is(true));
    assertThat(allows(policy, "s3:GetObject", "arn:aws:s3:::b/axb/c", ""), is(false));
    assertThat(allows(policy, "s3:PutObject", "arn:aws:s3:::b/a.b/c", ""), is(false));
  }

  /** All that it may do is in the policy, which the other tests ask. */
  @Test
  void readerRoleHasTheReaderPolicyAlone() throws IOException {
    Map<String, Object> role = Deployed.with().properties("ReaderRole");
    assertThat(
        role.keySet(), is(Set.of("Description", "AssumeRolePolicyDocument", "ManagedPolicyArns")));
    assertThat(texts(role, "ManagedPolicyArns"), is(List.of("Reader")));
    Map<String, Object> trust = list(section(role, "AssumeRolePolicyDocument"), "Statement").get(0);
    assertThat(section(trust, "Principal"), is(Map.of("AWS", "arn:aws:iam::123456789012:root")));
  }

  private static List<Map<String, Object>> reader() throws IOException {
    return list(section(Deployed.with().properties("Reader"), "PolicyDocument"), "Statement");
  }

  private static List<Map<String, Object>> crawler() throws IOException {
    Map<String, Object> role = Deployed.with("PartitionMode", "crawler").properties("CrawlerRole");
    List<Map<String, Object>> statements = new ArrayList<>();
    for (Map<String, Object> policy : list(role, "Policies")) {
      statements.addAll(list(section(policy, "PolicyDocument"), "Statement"));
    }
    return statements;
  }

  private static boolean allows(
      List<Map<String, Object>> statements, String action, String resource, String prefix) {
    return statements.stream()
        .anyMatch(
            statement ->
                texts(statement, "Action").contains(action)
                    && matches(texts(statement, "Resource"), resource)
                    && (!statement.containsKey("Condition")
                        || matches(
                            texts(
                                section(section(statement, "Condition"), "StringLike"),
                                "s3:prefix"),
                            prefix)));
  }

  /** An asterisk stands for any text, as in IAM; no policy here has a question mark. */
  private static boolean matches(List<String> patterns, String text) {
    return patterns.stream()
        .anyMatch(pattern -> text.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
  }

  /** One text or a list of them: IAM takes both. */
  private static List<String> texts(Map<String, Object> map, String name) {
    return map.get(name) instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of(text(map, name));
  }
}
