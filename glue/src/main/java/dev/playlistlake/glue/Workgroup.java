package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.ref;
import static dev.playlistlake.glue.Cfn.sub;

import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where queries run in Athena, and those that stand ready there. */
final class Workgroup {
  private static final Pattern QUESTION =
      Pattern.compile("-- Question: ([^\\n]*(?:\\n--   [^\\n]*)*)\\n");

  private Workgroup() {}

  static Map<String, Object> resource() {
    return map(
        "Type",
        "AWS::Athena::WorkGroup",
        "Properties",
        map(
            "Name", ref("AWS::StackName"),
            "Description", sub("Questions to the playlist lake in ${LakeBucket}."),
            "RecursiveDeleteOption", true,
            "WorkGroupConfiguration",
                map(
                    "BytesScannedCutoffPerQuery", ref("ScanLimit"),
                    "EnforceWorkGroupConfiguration", true,
                    "EngineVersion", map("SelectedEngineVersion", "Athena engine version 3"),
                    "PublishCloudWatchMetricsEnabled", true,
                    "ResultConfiguration",
                        map(
                            "EncryptionConfiguration", map("EncryptionOption", "SSE_S3"),
                            "OutputLocation", sub("s3://${LakeBucket}/${ResultsPrefix}")))));
  }

  static String reportId(SqlFile report) {
    return Cfn.logicalId("Report", report.name());
  }

  static String viewTextId(ViewDefinition view) {
    return Cfn.logicalId("CreateView", view.name());
  }

  static Map<String, Object> report(SqlFile report) {
    Matcher question = QUESTION.matcher(report.text());
    if (!question.find()) {
      throw new IllegalArgumentException("no question in the report " + report.name());
    }
    return namedQuery(report.name(), question.group(1).replaceAll("\\n--   ", " "), report.text());
  }

  /**
   * A view's file. It makes nothing by itself, but shows the view's text, and mends a lost view.
   */
  static Map<String, Object> viewText(ViewDefinition view) {
    return namedQuery("create_view_" + view.name(), view.sentence(), view.file().text());
  }

  private static Map<String, Object> namedQuery(String name, String description, String text) {
    return map(
        "Type",
        "AWS::Athena::NamedQuery",
        "Properties",
        map(
            "Name", name,
            "Description", description,
            "Database", ref("Database"),
            "WorkGroup", ref("WorkGroup"),
            "QueryString", text));
  }
}
