package dev.playlistlake.glue;

import static dev.playlistlake.glue.Cfn.choose;
import static dev.playlistlake.glue.Cfn.imported;
import static dev.playlistlake.glue.Cfn.map;
import static dev.playlistlake.glue.Cfn.plain;
import static dev.playlistlake.glue.Cfn.ref;
import static dev.playlistlake.glue.Cfn.sub;

import dev.playlistlake.queries.sql.AthenaDdl;
import dev.playlistlake.schema.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The tables over the lake's folders, as {@code athena-queries/ddl} declares them too (decision 6).
 */
final class StoredTables {
  private static final String LAKE = "s3://" + AthenaDdl.LAKE + "/";
  private static final String HIVE = "org.apache.hadoop.hive.ql.io.parquet.";

  private StoredTables() {}

  static String logicalId(LakeTable table) {
    return Cfn.logicalId("Stored", table.tableName());
  }

  static Map<String, Object> resource(LakeTable table) {
    return map(
        "Type",
        "AWS::Glue::Table",
        "Properties",
        map(
            "CatalogId", ref("AWS::AccountId"),
            "DatabaseName", ref("Database"),
            "TableInput",
                map(
                    "Name", AthenaDdl.storedName(table),
                    "Description", table.schema().getDoc(),
                    "TableType", "EXTERNAL_TABLE",
                    "Parameters", parameters(table),
                    "PartitionKeys",
                        List.of(column(LakeTable.INGEST_DATE, "string", AthenaDdl.DAY_COMMENT)),
                    "StorageDescriptor", storage(table))));
  }

  /** A column of a table in Glue. */
  private static Map<String, Object> column(String name, String type, String comment) {
    return map("Name", name, "Type", type, "Comment", comment);
  }

  /** A table with projected days never gets a crawler: Athena would not see its partitions. */
  private static Map<String, Object> parameters(LakeTable table) {
    Map<String, Object> declared = map();
    declared.putAll(AthenaDdl.properties());
    Map<String, Object> projected = map();
    projected.putAll(AthenaDdl.properties());
    AthenaDdl.projection(table).forEach((name, value) -> projected.put(name, placed(value)));
    return choose("Projecting", projected, declared);
  }

  private static Map<String, Object> storage(LakeTable table) {
    List<Object> columns = new ArrayList<>();
    for (Schema.Field field : table.schema().getFields()) {
      columns.add(column(field.name(), AthenaDdl.hiveType(field.schema()), field.doc()));
    }
    return map(
        "Columns",
        columns,
        "Location",
        placed(AthenaDdl.folder(table)),
        "InputFormat",
        HIVE + "MapredParquetInputFormat",
        "OutputFormat",
        HIVE + "MapredParquetOutputFormat",
        "Compressed",
        false,
        "SerdeInfo",
        map(
            "SerializationLibrary",
            HIVE + "serde.ParquetHiveSerDe",
            "Parameters",
            map("serialization.format", "1")));
  }

  /** A value of the DDL, with the infrastructure's lake and FirstDay for its placeholders. */
  private static Object placed(String value) {
    String text = plain(value).replace(AthenaDdl.FIRST_DAY, "${FirstDay}");
    if (text.contains(LAKE)) {
      return sub(text.replace(LAKE, "${Lake}"), map("Lake", imported("Lake")));
    }
    return text.contains("${") ? sub(text) : text;
  }
}
