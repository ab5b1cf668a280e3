package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.testing.TablesAsLake;
import org.apache.avro.Schema;

/**
 * The types of columns as those see them who ask the views. What {@link AthenaDdl#hiveType} refuses
 * is refused here as well.
 */
final class ColumnTypes {
  private ColumnTypes() {}

  /** In DuckDB, through the prelude: a timestamp is UTC without a zone. */
  static String duckDb(Schema schema) {
    return TablesAsLake.type(known(schema)).replace("TIMESTAMPTZ", "TIMESTAMP");
  }

  /** In Athena and Trino. */
  static String athena(Schema schema) {
    return switch (known(schema).getType()) {
      case STRING -> "varchar";
      case BOOLEAN -> "boolean";
      case INT -> schema.getProp("logicalType") == null ? "integer" : "date";
      case LONG -> schema.getProp("logicalType") == null ? "bigint" : "timestamp(3)";
      case ARRAY -> "array(" + athena(schema.getElementType()) + ")";
      case RECORD ->
          schema.getFields().stream()
              .map(field -> field.name() + " " + athena(field.schema()))
              .collect(joining(", ", "row(", ")"));
      case UNION -> athena(notNull(schema));
      default -> throw new IllegalArgumentException("no type for " + schema);
    };
  }

  private static Schema known(Schema schema) {
    AthenaDdl.hiveType(schema);
    return schema;
  }

  static Schema notNull(Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }
}
