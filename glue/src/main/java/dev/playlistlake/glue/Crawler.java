package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.attribute;
import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.ref;

import dev.playlistlake.schema.LakeTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Registers new days in tables that are declared already. Its targets are those tables, not
 * folders: so it invents no table, and never sees {@code raw}.
 */
final class Crawler {
  private Crawler() {}

  static Map<String, Object> resource() {
    List<Map<String, Object>> data =
        Arrays.stream(LakeTable.values())
            .filter(table -> table != LakeTable.RUN)
            .map(table -> ref(StoredTables.logicalId(table)))
            .toList();
    return map(
        "Type", "AWS::Glue::Crawler",
        "Condition", "Crawling",
        "Properties",
            map(
                "Description",
                    "Registers new days of the stored tables; run last, it makes them count.",
                "DatabaseName", ref("Database"),
                "Role", attribute("CrawlerRole", "Arn"),
                "Schedule", map("ScheduleExpression", ref("CrawlerSchedule")),
                "Targets",
                    map(
                        "CatalogTargets",
                        List.of(
                            target(data),
                            target(List.of(ref(StoredTables.logicalId(LakeTable.RUN)))))),
                // The only DeleteBehavior that Glue takes for tables of the catalog. With LOG for
                // both, a
                // crawler adds partitions and changes no table.
                "SchemaChangePolicy", map("UpdateBehavior", "LOG", "DeleteBehavior", "LOG"),
                "Configuration",
                    "{\"Version\": 1.0,"
                        + " \"CrawlerOutput\":"
                        + " {\"Partitions\": {\"AddOrUpdateBehavior\": \"InheritFromTable\"}},"
                        + " \"Grouping\": {\"TableGroupingPolicy\": \"CombineCompatibleSchemas\"}}"));
  }

  private static Map<String, Object> target(List<?> tables) {
    return map("DatabaseName", ref("Database"), "Tables", tables);
  }
}
