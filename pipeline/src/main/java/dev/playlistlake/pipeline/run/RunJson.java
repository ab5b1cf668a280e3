package dev.playlistlake.pipeline.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.job.RunConfig;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.RunRowCodec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The run's row as one line of JSON: {@code ingest_date}, then the columns in order, nulls too;
 * then {@code left_playlists} from its config, if it has any.
 */
public final class RunJson {
  private RunJson() {}

  public static String of(String ingestDate, RunRow run) {
    ObjectNode json = columns(ingestDate, run);
    JsonNode left = RunConfig.of(run).path(RunConfig.LEFT);
    if (left.isObject()) {
      json.set("left_playlists", left);
    }
    return json.toString();
  }

  /** The columns alone, as an object. */
  public static ObjectNode columns(String ingestDate, RunRow run) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put(LakeTable.INGEST_DATE, ingestDate);
    GenericRecord row = new RunRowCodec().toRow(run);
    putColumns(json, row);
    return json;
  }

  private static void putColumns(ObjectNode json, GenericRecord row) {
    for (Schema.Field column : row.getSchema().getFields()) {
      put(json, column, row.get(column.pos()));
    }
  }

  /** One line of JSON for a run submitted without waiting: where its row will be. */
  static String submitted(LakeLayout run) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put(LakeTable.RUN_ID, run.runId());
    json.put(LakeTable.INGEST_DATE, run.ingestDate());
    json.put("status", "SUBMITTED");
    return json.toString();
  }

  private static void put(ObjectNode json, Schema.Field column, @Nullable Object value) {
    String name = column.name();
    if (value == null) {
      json.putNull(name);
    } else if (isTimestamp(column.schema())) {
      json.put(name, Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString());
    } else if (value instanceof Integer number) {
      json.put(name, number);
    } else if (value instanceof Long number) {
      json.put(name, number);
    } else if (value instanceof Iterable<?> values) {
      ArrayNode array = json.putArray(name);
      for (Object element : values) {
        if (element instanceof GenericRecord struct) {
          putColumns(array.addObject(), struct);
        } else {
          array.add(String.valueOf(element));
        }
      }
    } else {
      json.put(name, value.toString());
    }
  }

  private static boolean isTimestamp(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().anyMatch(RunJson::isTimestamp)
        : schema.getLogicalType() instanceof LogicalTypes.TimestampMicros;
  }
}
