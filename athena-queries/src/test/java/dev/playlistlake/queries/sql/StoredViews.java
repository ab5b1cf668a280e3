package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.TablesAsLake;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The part of the prelude that is made from the schemas: a view a table, over its files. */
final class StoredViews {
  private static final String FIRST = "\nCREATE OR REPLACE VIEW stored_";

  private StoredViews() {}

  /** A prelude with all views in the place of those it has, to its end. */
  static String refreshed(String prelude) {
    int first = prelude.indexOf(FIRST);
    return (first < 0 ? prelude : prelude.substring(0, first))
        + Arrays.stream(LakeTable.values()).map(StoredViews::view).collect(joining());
  }

  private static String view(LakeTable table) {
    List<Schema.Field> fields = table.schema().getFields();
    return """

        CREATE OR REPLACE VIEW stored_%s AS
        SELECT * EXCLUDE (filename) REPLACE (
        %s
          )
        FROM (
          SELECT
        %s
            CAST(NULL AS VARCHAR) AS ingest_date,
            CAST(NULL AS VARCHAR) AS filename
          WHERE false
          UNION ALL BY NAME
          SELECT *
          FROM read_parquet(
            getvariable('lake') || '/%s/ingest_date=????-??-??/????????T??????Z-????%s.parquet',
            filename = true,
            hive_partitioning = false,
            union_by_name = true
          )
        );
        """
        .formatted(
            table.tableName(),
            replaced(fields),
            fields.stream()
                .map(
                    field ->
                        "    CAST(NULL AS %s) AS %s,"
                            .formatted(TablesAsLake.type(field.schema()), field.name()))
                .collect(joining("\n")),
            table.tableName(),
            table == LakeTable.RUN ? "" : "-?????-of-?????");
  }

  private static String replaced(List<Schema.Field> fields) {
    return Stream.concat(
            Stream.of("    day_of(filename) AS ingest_date"),
            fields.stream()
                .filter(field -> ColumnTypes.duckDb(field.schema()).contains("TIMESTAMP"))
                .map(field -> "    %s AS %s".formatted(converted(field), field.name())))
        .collect(joining(",\n"));
  }

  /** A timestamp, or a list of structs with some. */
  private static String converted(Schema.Field field) {
    Schema type = ColumnTypes.notNull(field.schema());
    if (type.getType() != Schema.Type.ARRAY) {
      return "athena_timestamp(" + field.name() + ")";
    }
    return type.getElementType().getFields().stream()
        .map(
            part ->
                ColumnTypes.duckDb(part.schema()).equals("TIMESTAMP")
                    ? "'%1$s': athena_timestamp(x.%1$s)".formatted(part.name())
                    : "'%1$s': x.%1$s".formatted(part.name()))
        .collect(joining(", ", "[{", "} FOR x IN " + field.name() + "]"));
  }
}
