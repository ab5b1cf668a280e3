package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.base64;
import static dev.playlistlake.glue.Cfn.join;
import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.ref;
import static dev.playlistlake.glue.Cfn.sub;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.playlistlake.queries.sql.AthenaDdl;
import dev.playlistlake.schema.LakeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Views as Athena stores them in Glue: tables of type VIRTUAL_VIEW whose text is JSON in base64.
 * Deployment encodes it, so that the template stays readable and comparable (decision 16).
 */
final class Views {
  private Views() {}

  static String logicalId(String view) {
    return Cfn.logicalId("View", view);
  }

  static Map<String, Object> resource(ViewDefinition view) {
    List<Object> columns = new ArrayList<>();
    for (ViewDefinition.Column column : view.columns()) {
      columns.add(map("Name", column.name(), "Type", column.type().hive()));
    }
    return map(
        "Type", "AWS::Glue::Table",
        "DependsOn", view.reads().stream().map(Views::logicalIdOfSource).toList(),
        "Properties",
            map(
                "CatalogId", ref("AWS::AccountId"),
                "DatabaseName", ref("Database"),
                "TableInput",
                    map(
                        "Name", view.name(),
                        "Description", view.sentence(),
                        "TableType", "VIRTUAL_VIEW",
                        "Parameters", map("presto_view", "true", "comment", "Presto View"),
                        "PartitionKeys", List.of(),
                        "StorageDescriptor", map("Columns", columns, "SerdeInfo", map()),
                        "ViewExpandedText", "/* Presto View */",
                        "ViewOriginalText",
                            join(
                                "",
                                List.of("/* Presto View: ", base64(definition(view)), " */")))));
  }

  private static String logicalIdOfSource(String source) {
    return Arrays.stream(LakeTable.values())
        .filter(table -> AthenaDdl.storedName(table).equals(source))
        .map(StoredTables::logicalId)
        .findFirst()
        .orElseGet(() -> logicalId(source));
  }

  /** JSON with the query's lines separate, joined by JSON's escaped newline. */
  private static Object definition(ViewDefinition view) {
    String columns =
        view.columns().stream()
            .map(
                column ->
                    "  {\"name\": \"%s\", \"type\": \"%s\"}"
                        .formatted(column.name(), column.type().presto()))
            .collect(joining(",\n"));
    return join(
        "",
        List.of(
            "{\"originalSql\": \"",
            join("\\n", view.select().lines().map(Views::inJson).toList()),
            sub(
                """
                ",
                "catalog": "awsdatacatalog",
                "schema": "${Database}",
                "columns": [
                %s
                ]}
                """
                    .formatted(columns))));
  }

  private static String inJson(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
