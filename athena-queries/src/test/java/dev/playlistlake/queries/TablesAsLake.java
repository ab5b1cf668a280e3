package dev.playlistlake.queries;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Writes the tables of a DuckDB session as a lake: each has the columns of its schema and {@code
 * ingest_date}, in any order.
 */
final class TablesAsLake {
  private TablesAsLake() {}

  /** One file a table and run, in the folder of its day. */
  static void write(Statement statement, Path lake) throws SQLException, IOException {
    List<String[]> runs = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("SELECT ingest_date, run_id FROM run")) {
      while (rows.next()) {
        runs.add(new String[] {rows.getString(1), rows.getString(2)});
      }
    }
    for (LakeTable table : LakeTable.values()) {
      String columns =
          table.schema().getFields().stream().map(Schema.Field::name).collect(joining(", "));
      for (String[] run : runs) {
        Path day = lake.resolve(table.tableName()).resolve(LakeTable.INGEST_DATE + "=" + run[0]);
        Files.createDirectories(day);
        statement.execute(
            "COPY (SELECT %s FROM %s WHERE run_id = '%s') TO '%s' (FORMAT PARQUET, COMPRESSION ZSTD)"
                .formatted(
                    columns,
                    table.tableName(),
                    run[1],
                    day.resolve(run[1] + "-00000-of-00001.parquet")));
      }
    }
  }
}
