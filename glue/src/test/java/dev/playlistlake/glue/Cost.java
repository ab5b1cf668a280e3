package dev.playlistlake.glue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.jdbc.TrinoResultSet;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a query cost Trino, by its own account.
 *
 * @param bytes read from files, by table; a table that is read twice counts twice
 * @param splits tasks of all kinds, those that found nothing to read too
 * @param millis until its last row was here
 */
record Cost(Map<String, Long> bytes, int splits, long millis) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Asks, and reads the answer to its end. */
  static Cost of(TrinoServer server, Connection connection, String sql)
      throws SQLException, IOException, InterruptedException {
    long began = System.nanoTime();
    String id;
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      id = result.unwrap(TrinoResultSet.class).getQueryId();
      while (result.next()) {
        // Costs are known at the end.
      }
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    JsonNode query = MAPPER.readTree(server.get("/v1/query/" + id));
    return new Cost(
        bytesByTable(query), query.get("queryStats").get("totalDrivers").asInt(), millis);
  }

  private static Map<String, Long> bytesByTable(JsonNode query) {
    Map<String, String> tables = new HashMap<>();
    for (JsonNode input : query.get("inputs")) {
      tables.put(input.get("planNodeId").asText(), input.get("table").asText());
    }
    Map<String, Long> bytes = new TreeMap<>();
    for (JsonNode operator : query.get("queryStats").get("operatorSummaries")) {
      // Such as 12345B.
      long read =
          Long.parseLong(operator.get("physicalInputDataSize").asText().replaceAll("B$", ""));
      String source = operator.get("sourceId") == null ? "" : operator.get("sourceId").asText();
      String table = tables.getOrDefault(source, tables.get(operator.get("planNodeId").asText()));
      if (read > 0) {
        bytes.merge(String.valueOf(table), read, Long::sum);
      }
    }
    return bytes;
  }

  /** Of all tables but {@code run}, which tells the days and so is read whole by nearly all. */
  long dataBytes() {
    long all = 0;
    for (Map.Entry<String, Long> table : bytes.entrySet()) {
      all += table.getKey().equals("stored_run") ? 0 : table.getValue();
    }
    return all;
  }
}
