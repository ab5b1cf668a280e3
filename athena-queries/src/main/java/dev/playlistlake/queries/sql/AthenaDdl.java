package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes one Athena {@code CREATE EXTERNAL TABLE} statement per table, {@code stored_<table>.sql}
 * (decision 6).
 *
 * <p>Partitions are projected: there is no crawler, and a new day is visible as soon as its folder
 * exists. The template uses the same names, types and properties.
 */
public final class AthenaDdl {
  /** Stands for the lake's bucket and folder in every statement. */
  public static final String LAKE = "{{lake}}";

  /** Stands for the first day that partition projection looks for, {@code YYYY-MM-DD}. */
  public static final String FIRST_DAY = "{{first_day}}";

  /** The partition key's comment in a catalog. */
  public static final String DAY_COMMENT = "The day of the run, YYYY-MM-DD, UTC.";

  private AthenaDdl() {}

  /**
   * Writes all statements.
   *
   * @param args the folder to write to; {@code athena-queries/ddl} by default
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    writeAll(Path.of(args.length > 0 ? args[0] : "athena-queries/ddl"));
  }

  /**
   * Writes {@code stored_<table>.sql} for every table into a folder, which is created if missing.
   */
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
        -- Replace %s by the bucket and folder of the lake, such as my-bucket/lake, with no slash at the end,
        -- and %s by the oldest day of the lake, such as 2026-11-20: older days are not seen, and each
        -- day from there on costs a query that names no days a look, whether the lake has it or not.
        """
            .formatted(
                storedName(table),
                table.tableName(),
                table.tableName(),
                table.tableName(),
                LAKE,
                FIRST_DAY)
        + statement(table)
        + "\n";
  }

  /** The statement alone. */
  static String statement(LakeTable table) {
    Map<String, String> properties = new LinkedHashMap<>(properties());
    properties.putAll(projection(table));
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
            LakeTable.INGEST_DATE,
            literal(DAY_COMMENT),
            literal(folder(table)),
            properties.entrySet().stream()
                .map(property -> property(property.getKey(), property.getValue()))
                .collect(joining(",\n")));
  }

  /** The table's name in a catalog, where the view has the plain name. */
  public static String storedName(LakeTable table) {
    return "stored_" + table.tableName();
  }

  /** The table's folder, as a URI with a trailing slash. */
  public static String folder(LakeTable table) {
    return "s3://" + LAKE + "/" + table.tableName() + "/";
  }

  /** Every table's properties for its files. Without them a crawler adds no partitions. */
  public static Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("classification", "parquet");
    properties.put("compressionType", "none");
    properties.put("typeOfData", "file");
    return properties;
  }

  /**
   * The properties with which Athena computes a table's partitions, from {@link #FIRST_DAY} to
   * today.
   */
  public static Map<String, String> projection(LakeTable table) {
    String day = LakeTable.INGEST_DATE;
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("projection.enabled", "true");
    properties.put("projection." + day + ".type", "date");
    properties.put("projection." + day + ".format", "yyyy-MM-dd");
    properties.put("projection." + day + ".range", FIRST_DAY + ",NOW");
    properties.put("projection." + day + ".interval", "1");
    properties.put("projection." + day + ".interval.unit", "DAYS");
    properties.put("storage.location.template", folder(table) + day + "=${" + day + "}/");
    return properties;
  }

  /**
   * The Hive type of a column.
   *
   * @throws IllegalArgumentException for a type that no table uses yet
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

  private static String column(Schema.Field field) {
    return "  `%s` %s COMMENT %s"
        .formatted(field.name(), hiveType(field.schema()), literal(field.doc()));
  }

  private static String property(String key, String value) {
    return "  " + literal(key) + " = " + literal(value);
  }

  /**
   * A Hive string. A backslash escapes quotes and backslashes, since Hive reads {@code ''} as two
   * strings; a semicolon becomes its code, for clients that split statements at every semicolon.
   */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace(";", "\\u003B") + "'";
  }
}
