package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.attribute;
import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.ref;
import static dev.playlistlake.glue.Cfn.sub;

import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Writes the CloudFormation template of the catalog: database, tables, views, workgroup, queries,
 * access, and bucket and crawler where they are wanted.
 */
public final class CatalogTemplate {
  private static final String HEADER =
      """
      # The playlist lake in Glue and Athena: docs/catalog.md says how to deploy it.
      # Made by CatalogTemplate from the table schemas and the SQL files: do not edit.
      """;

  private CatalogTemplate() {}

  /**
   * Writes the template.
   *
   * @param args the file; {@code glue/playlist-lake-catalog.yaml} if none is given
   */
  public static void main(String[] args) throws IOException, SQLException {
    Files.writeString(
        Path.of(args.length > 0 ? args[0] : "glue/playlist-lake-catalog.yaml"), text());
  }

  /** The template as a file. */
  static String text() throws IOException, SQLException {
    return HEADER + Yaml.text(template(ViewDefinition.all(), SqlFiles.reports()));
  }

  static Map<String, Object> template(List<ViewDefinition> views, List<SqlFile> reports) {
    return map(
        "AWSTemplateFormatVersion", "2010-09-09",
        "Description", "Playlist Lake: tables, views and questions over a lake of playlists on S3.",
        "Parameters", parameters(),
        "Conditions",
            map(
                "Projecting", equal("PartitionMode", "projection"),
                "Crawling", equal("PartitionMode", "crawler"),
                "MakingBucket", equal("CreateBucket", "true")),
        "Resources", resources(views, reports),
        "Outputs", outputs());
  }

  private static Map<String, Object> equal(String parameter, String value) {
    return map("Fn::Equals", List.of(ref(parameter), value));
  }

  private static Map<String, Object> parameters() {
    return map(
        "LakeBucket",
            map(
                "Description", "Name of the bucket that the lake is in.",
                "Type", "String",
                "AllowedPattern", "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
        "CreateBucket",
            map(
                "Description",
                "Whether to make the bucket; it stays when the stack goes. A bucket that exists"
                    + " keeps its own policy and lifecycle.",
                "Type",
                "String",
                "AllowedValues",
                List.of("true", "false"),
                "Default",
                "false"),
        "LakePrefix",
            map(
                "Description",
                    "Folder of the lake in the bucket, with a slash at the end; empty if it is the"
                        + " whole bucket.",
                "Type", "String",
                // Never where results may be: those are forgotten, and readers write there.
                "AllowedPattern", "(?!athena-)([A-Za-z0-9_.=-]+/)*",
                "ConstraintDescription",
                    "empty, or a folder that ends in a slash and does not begin with athena-, such"
                        + " as lake/",
                "Default", "lake/"),
        "DatabaseName",
            map(
                "Description", "Name of the database to make in Glue.",
                "Type", "String",
                "AllowedPattern", "[a-z_][a-z0-9_]{0,254}",
                "Default", "playlist_lake"),
        "PartitionMode",
            map(
                "Description",
                "How Athena learns of a new day: it computes the days (projection), or a crawler"
                    + " registers them (crawler).",
                "Type",
                "String",
                "AllowedValues",
                List.of("projection", "crawler"),
                "Default",
                "projection"),
        "FirstDay",
            map(
                "Description",
                    "The oldest day of the lake, YYYY-MM-DD. With projection, older days are not"
                        + " seen, and days without data from here on make queries slower.",
                "Type", "String",
                "AllowedPattern", "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
                "ConstraintDescription", "a day, such as 2026-11-20"),
        "CrawlerSchedule",
            map(
                "Description",
                    "When the crawler looks for new days, in UTC; some time after the run. Without"
                        + " a crawler it means nothing.",
                "Type", "String",
                "Default", "cron(0 8 * * ? *)"),
        "ScanLimit",
            map(
                "Description",
                "Bytes that one query may read before Athena ends it.",
                "Type",
                "Number",
                "MinValue",
                10_000_000,
                "Default",
                10_000_000_000L),
        "ResultsPrefix",
            map(
                "Description",
                    "Folder of the bucket for the results of queries, with a slash at the end. It"
                        + " begins with athena-, as no folder of a lake does.",
                "Type", "String",
                "AllowedPattern", "athena-[A-Za-z0-9_.=-]*/([A-Za-z0-9_.=-]+/)*",
                "ConstraintDescription",
                    "a folder that begins with athena- and ends in a slash, such as"
                        + " athena-results/",
                "Default", "athena-results/"));
  }

  private static Map<String, Object> resources(List<ViewDefinition> views, List<SqlFile> reports) {
    Map<String, Object> resources =
        map(
            "Database",
            map(
                "Type",
                "AWS::Glue::Database",
                "Properties",
                map(
                    "CatalogId", ref("AWS::AccountId"),
                    "DatabaseInput",
                        map(
                            "Name",
                            ref("DatabaseName"),
                            "Description",
                            "Playlists day by day. The plain names are the views to ask;"
                                + " stored_ tables hold rows of runs that do not count"
                                + " too."))));
    for (LakeTable table : LakeTable.values()) {
      resources.put(StoredTables.logicalId(table), StoredTables.resource(table));
    }
    for (ViewDefinition view : views) {
      resources.put(Views.logicalId(view.name()), Views.resource(view));
    }
    resources.put("WorkGroup", Workgroup.resource());
    for (SqlFile report : reports) {
      resources.put(Workgroup.reportId(report), Workgroup.report(report));
    }
    for (ViewDefinition view : views) {
      resources.put(Workgroup.viewTextId(view), Workgroup.viewText(view));
    }
    resources.put("Reader", Access.readerPolicy());
    resources.put("ReaderRole", Access.readerRole());
    resources.put("CrawlerRole", Access.crawlerRole());
    resources.put("Crawler", Crawler.resource());
    resources.put("Bucket", Bucket.resource());
    resources.put("BucketPolicy", Bucket.policy());
    return resources;
  }

  private static Map<String, Object> outputs() {
    return map(
        "Lake", output("For --lake of the job.", sub("s3://${LakeBucket}/${LakePrefix}")),
        "DatabaseName", output("The database to choose in Athena.", ref("Database")),
        "WorkGroup", output("The workgroup to choose in Athena.", ref("WorkGroup")),
        "ReaderPolicy",
            output("The policy to attach to roles and users who ask questions.", ref("Reader")),
        "ReaderRoleArn",
            output(
                "A role with this policy; those of this account who may assume it can.",
                attribute("ReaderRole", "Arn")),
        "CrawlerName",
            map(
                "Condition", "Crawling",
                "Description", "Start it after a run to see the day at once.",
                "Value", ref("Crawler")),
        "CrawlerRoleArn",
            map(
                "Condition", "Crawling",
                "Description", "The role that reads the lake for the crawler.",
                "Value", attribute("CrawlerRole", "Arn")));
  }

  private static Map<String, Object> output(String description, Object value) {
    return map("Description", description, "Value", value);
  }
}
