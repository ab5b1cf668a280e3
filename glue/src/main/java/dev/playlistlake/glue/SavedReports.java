package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.imported;
import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.ref;

import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reports as saved queries of the workgroup, each described by its question. */
final class SavedReports {
  private static final Pattern QUESTION =
      Pattern.compile("-- Question: ([^\\n]*(?:\\n--   [^\\n]*)*)\\n");

  private SavedReports() {}

  static String logicalId(SqlFile report) {
    return Cfn.logicalId("Report", report.name());
  }

  /**
   * A saved query.
   *
   * @throws IllegalArgumentException if the header of the file has no question
   */
  static Map<String, Object> resource(SqlFile report) {
    Matcher question = QUESTION.matcher(report.text());
    if (!question.find()) {
      throw new IllegalArgumentException("no question in the report " + report.name());
    }
    return map(
        "Type",
        "AWS::Athena::NamedQuery",
        "Properties",
        map(
            "Name", report.name(),
            "Description", question.group(1).replaceAll("\\n--   ", " "),
            "Database", ref("Database"),
            "WorkGroup", imported("WorkGroup"),
            "QueryString", report.text()));
  }
}
