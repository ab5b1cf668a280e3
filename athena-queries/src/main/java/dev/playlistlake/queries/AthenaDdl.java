package dev.playlistlake.queries;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes one Athena {@code CREATE EXTERNAL TABLE} statement a table, {@code stored_<table>.sql}.
 *
 * <p>Partitions are projected: no crawler, and a new day is there as soon as its folder is.
 */
public final class AthenaDdl {
  /** Stands for the lake's bucket and folder in every statement. */
  public static final String LAKE = "{{lake}}";

  /** The first day that partition projection looks for. */
  private static final String FIRST_DAY = "2026-01-01";

  private AthenaDdl() {}

  /**
   * Writes all statements.
   *
   * @param args the folder to write to; {@code athena-queries/ddl} if none is given
   */
  public static void main(String[] args) throws IOException {
    writeAll(Path.of(args.length > 0 ? args[0] : "athena-queries/ddl"));
  }

  /** Writes {@code stored_<table>.sql} for every table into a folder, which is made if need be. */
  static void writeAll(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (LakeTable table : LakeTable.values()) {
      Files.writeString(folder.resolve(fileName(table)), file(table));
    }
  }

  static String fileName(LakeTable table) {
    return storedName(table) + ".sql";
  }

  /** The whole file: a header comment, then the statement, without a semicolon. */
  static String file(LakeTable table) {
    return """
        -- %s: all rows in the folder %s of the lake, whichever run wrote them.
        -- The view %s shows the rows that count. Made from %s.avsc by AthenaDdl: do not edit.
        -- Replace %s by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end.
        """
            .formatted(
                storedName(table), table.tableName(), table.tableName(), table.tableName(), LAKE)
        + statement(table)
        + "\n";
  }

  /** The statement alone. */
  static String statement(LakeTable table) {
    String folder = "s3://" + LAKE + "/" + table.tableName() + "/";
    String day = LakeTable.INGEST_DATE;
    List<String> properties =
        List.of(
            property("projection.enabled", "true"),
            property("projection." + day + ".type", "date"),
            property("projection." + day + ".format", "yyyy-MM-dd"),
            property("projection." + day + ".range", FIRST_DAY + ",NOW"),
            property("projection." + day + ".interval", "1"),
            property("projection." + day + ".interval.unit", "DAYS"),
            property("storage.location.template", folder + day + "=${" + day + "}/"));
    return """
        CREATE EXTERNAL TABLE `%s` (
        %s
        )
        COMMENT %s
        PARTITIONED BY (
          `%s` string COMMENT %s
        )
        STORED AS PARQUET
        LOCATION %s
        TBLPROPERTIES (
        %s
        )"""
        .formatted(
            storedName(table),
            table.schema().getFields().stream().map(AthenaDdl::column).collect(joining(",\n")),
            literal(table.schema().getDoc()),
            day,
            literal("The day of the run, YYYY-MM-DD, UTC."),
            literal(folder),
            String.join(",\n", properties));
  }

  /**
   * The Hive type of a column.
   *
   * @throws IllegalArgumentException for a type that no table has a use for yet
   */
  public static String hiveType(Schema schema) {
    String logicalType = schema.getProp("logicalType");
    return switch (schema.getType()) {
      case STRING -> only(schema, logicalType, null, "string");
      case BOOLEAN -> only(schema, logicalType, null, "boolean");
      case INT -> logicalType == null ? "int" : only(schema, logicalType, "date", "date");
      case LONG ->
          logicalType == null
              ? "bigint"
              : only(schema, logicalType, "timestamp-micros", "timestamp");
      case ARRAY -> "array<" + hiveType(schema.getElementType()) + ">";
      case RECORD ->
          schema.getFields().stream()
              .map(field -> field.name() + ":" + hiveType(field.schema()))
              .collect(joining(",", "struct<", ">"));
      case UNION -> hiveType(nullable(schema));
      default -> throw unknown(schema);
    };
  }

  private static String only(
      Schema schema, @Nullable String logicalType, @Nullable String expected, String hiveType) {
    if (!Objects.equals(logicalType, expected)) {
      throw unknown(schema);
    }
    return hiveType;
  }

  private static Schema nullable(Schema union) {
    List<Schema> types =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (types.size() != 1 || union.getTypes().size() != 2) {
      throw unknown(union);
    }
    return types.get(0);
  }

  private static IllegalArgumentException unknown(Schema schema) {
    return new IllegalArgumentException("no Hive type for the Avro type " + schema);
  }

  private static String storedName(LakeTable table) {
    return "stored_" + table.tableName();
  }

  private static String column(Schema.Field field) {
    return "  `%s` %s COMMENT %s"
        .formatted(field.name(), hiveType(field.schema()), literal(field.doc()));
  }

  private static String property(String key, String value) {
    return "  " + literal(key) + " = " + literal(value);
  }

  /**
   * A Hive string. Quotes and backslashes are escaped by a backslash, since Hive reads {@code ''}
   * as two strings; a semicolon by its code, for clients that split statements without looking.
   */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace(";", "\\u003B") + "'";
  }
}
