package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.ref;
import static dev.playlistlake.glue.Cfn.sub;

import dev.playlistlake.schema.LakeTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may do what: the crawler, and people and programs that ask questions. */
final class Access {
  private static final String GLUE = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:";
  private static final String ATHENA =
      "arn:${AWS::Partition}:athena:${AWS::Region}:${AWS::AccountId}:";
  private static final String BUCKET = "arn:${AWS::Partition}:s3:::${LakeBucket}";

  private Access() {}

  /** A policy of these statements. */
  static Map<String, Object> document(Object... statements) {
    return map("Version", "2012-10-17", "Statement", List.of(statements));
  }

  /**
   * Reads the tables' folders, adds and changes partitions of the stored tables, writes its log.
   */
  static Map<String, Object> crawlerRole() {
    return map(
        "Type", "AWS::IAM::Role",
        "Condition", "Crawling",
        "Properties",
            map(
                "Description", "Registers new days of the playlist lake in Glue.",
                "AssumeRolePolicyDocument",
                    document(
                        map(
                            "Effect", "Allow",
                            "Principal", map("Service", "glue.amazonaws.com"),
                            "Action", "sts:AssumeRole")),
                "Policies",
                    List.of(
                        map(
                            "PolicyName",
                            "crawl",
                            "PolicyDocument",
                            document(
                                allow(
                                    "RegisterDays",
                                    List.of(
                                        "glue:BatchCreatePartition",
                                        "glue:BatchGetPartition",
                                        "glue:BatchUpdatePartition",
                                        "glue:CreatePartition",
                                        "glue:GetDatabase",
                                        "glue:GetPartition",
                                        "glue:GetPartitions",
                                        "glue:GetTable",
                                        "glue:GetTables",
                                        "glue:UpdatePartition",
                                        "glue:UpdateTable"),
                                    Stream.of(
                                        GLUE + "catalog",
                                        GLUE + "database/${Database}",
                                        GLUE + "table/${Database}/stored_*")),
                                readFolders(),
                                listFolders(Stream.of()),
                                locate(),
                                allow(
                                    "Log",
                                    List.of(
                                        "logs:CreateLogGroup",
                                        "logs:CreateLogStream",
                                        "logs:PutLogEvents"),
                                    Stream.of(
                                        "arn:${AWS::Partition}:logs:${AWS::Region}"
                                            + ":${AWS::AccountId}:log-group:/aws-glue/crawlers",
                                        "arn:${AWS::Partition}:logs:${AWS::Region}"
                                            + ":${AWS::AccountId}:log-group:/aws-glue/crawlers"
                                            + ":*")))))));
  }

  /** Asks in this workgroup, sees this database, reads the tables' folders and the results. */
  static Map<String, Object> readerPolicy() {
    return map(
        "Type",
        "AWS::IAM::ManagedPolicy",
        "Properties",
        map(
            "Description",
            "Questions to the playlist lake in Athena; no stored answers.",
            "PolicyDocument",
            document(
                allow(
                    "AskInThisWorkgroup",
                    List.of(
                        "athena:BatchGetNamedQuery",
                        "athena:BatchGetQueryExecution",
                        "athena:GetNamedQuery",
                        "athena:GetQueryExecution",
                        "athena:GetQueryResults",
                        "athena:GetQueryResultsStream",
                        "athena:GetWorkGroup",
                        "athena:ListNamedQueries",
                        "athena:ListQueryExecutions",
                        "athena:StartQueryExecution",
                        "athena:StopQueryExecution"),
                    Stream.of(ATHENA + "workgroup/${WorkGroup}")),
                allow(
                    "SeeTheCatalog",
                    List.of(
                        "athena:GetDataCatalog",
                        "athena:GetDatabase",
                        "athena:GetTableMetadata",
                        "athena:ListDatabases",
                        "athena:ListTableMetadata"),
                    Stream.of(ATHENA + "datacatalog/AwsDataCatalog")),
                allow(
                    "SeeThisDatabase",
                    List.of(
                        "glue:BatchGetPartition",
                        "glue:GetDatabase",
                        "glue:GetDatabases",
                        "glue:GetPartition",
                        "glue:GetPartitions",
                        "glue:GetTable",
                        "glue:GetTables"),
                    Stream.of(
                        GLUE + "catalog",
                        GLUE + "database/${Database}",
                        GLUE + "table/${Database}/*")),
                // Athena looks at it before any query.
                allow(
                    "SeeTheDefaultDatabase",
                    List.of("glue:GetDatabase"),
                    Stream.of(GLUE + "catalog", GLUE + "database/default")),
                readFolders(),
                listFolders(Stream.of("${ResultsPrefix}*")),
                locate(),
                allow(
                    "KeepResults",
                    List.of(
                        "s3:AbortMultipartUpload",
                        "s3:GetObject",
                        "s3:ListMultipartUploadParts",
                        "s3:PutObject"),
                    Stream.of(BUCKET + "/${ResultsPrefix}*")),
                // For the whole bucket: it shows names of uploads under way, no content.
                allow(
                    "SeeUnfinishedUploads",
                    List.of("s3:ListBucketMultipartUploads"),
                    Stream.of(BUCKET)),
                // What fills the console's lists; there is no narrower resource for it.
                map(
                    "Sid", "FindTheWorkgroup",
                    "Effect", "Allow",
                    "Action", List.of("athena:ListDataCatalogs", "athena:ListWorkGroups"),
                    "Resource", "*"))));
  }

  /** Has the policy of readers. Whom of this account it lets in, their own rights say. */
  static Map<String, Object> readerRole() {
    return map(
        "Type",
        "AWS::IAM::Role",
        "Properties",
        map(
            "Description",
            "Asks the playlist lake in Athena.",
            "AssumeRolePolicyDocument",
            document(
                map(
                    "Effect", "Allow",
                    "Principal",
                        map("AWS", sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")),
                    "Action", "sts:AssumeRole")),
            "ManagedPolicyArns",
            List.of(ref("Reader"))));
  }

  /** The tables' folders one by one: stored answers and temporary files lie beside them. */
  private static Map<String, Object> readFolders() {
    return allow(
        "ReadTables", List.of("s3:GetObject"), folders().map(folder -> BUCKET + "/" + folder));
  }

  private static Map<String, Object> listFolders(Stream<String> more) {
    Map<String, Object> statement =
        allow("ListTables", List.of("s3:ListBucket"), Stream.of(BUCKET));
    statement.put(
        "Condition",
        map("StringLike", map("s3:prefix", Stream.concat(folders(), more).map(Cfn::sub).toList())));
    return statement;
  }

  private static Map<String, Object> locate() {
    return allow("LocateBucket", List.of("s3:GetBucketLocation"), Stream.of(BUCKET));
  }

  private static Stream<String> folders() {
    return Arrays.stream(LakeTable.values())
        .map(table -> "${LakePrefix}" + table.tableName() + "/*");
  }

  private static Map<String, Object> allow(
      String sid, List<String> actions, Stream<String> resources) {
    return map(
        "Sid",
        sid,
        "Effect",
        "Allow",
        "Action",
        actions,
        "Resource",
        resources.map(Cfn::sub).toList());
  }
}
