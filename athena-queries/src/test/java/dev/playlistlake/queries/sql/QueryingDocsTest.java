package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.queries.duckdb.DuckDbLake;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Golden;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryingDocsTest {
  private static final Path PAGE = Path.of("../docs/querying.md");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void pageSaysWhatTheFilesSay() throws IOException {
    Golden.assertUpToDate(
        PAGE,
        QueryingDocs.refreshed(Files.readString(PAGE)),
        "transforms,athena-queries",
        QueryingDocsTest.class);
  }

  @Test
  void aPageWithoutAPlaceIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> QueryingDocs.refreshed("no marks"));
  }

  @Test
  void everyColumnHasItsMeaning() {
    String dictionary = String.valueOf(QueryingDocs.parts().get("dictionary"));
    for (LakeTable table : LakeTable.values()) {
      for (Schema.Field field : table.schema().getFields()) {
        assertThat(dictionary, containsString("| `" + field.name() + "` | "));
        assertThat(dictionary, containsString(" | " + field.doc().replace("|", "\\|") + " |"));
      }
    }
  }

  /** The types of the page, and of what stands in for tables without files. */
  @Test
  void typesAreThoseThatDuckDbShows() throws SQLException, IOException {
    try (Connection lake = DuckDbLake.open(TinyLake.writeEmpty(folder))) {
      for (LakeTable table : LakeTable.values()) {
        List<String> expected = new ArrayList<>();
        for (Schema.Field field : table.schema().getFields()) {
          expected.add(field.name() + "|" + ColumnTypes.duckDb(field.schema()));
        }
        expected.add("ingest_date|VARCHAR");
        assertThat(
            Sql.rows(
                lake,
                "SELECT column_name, replace(column_type, '\"', '') FROM (DESCRIBE %s)"
                    .formatted(table.tableName())),
            is(expected));
      }
    }
  }
}
