package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewDefinitionTest {
  private static final String HEADER = "-- What it shows.\n-- Grain: one row.\n";

  @Test
  void fileIsTakenApart() {
    String select =
        "WITH a AS (\n  SELECT 1 AS one -- as it is\n)\nSELECT * FROM a\njoin song AS s ON true";
    ViewDefinition view =
        ViewDefinition.of(
            new SqlFile("v", HEADER + "CREATE OR REPLACE VIEW v AS\n" + select + "\n"), List.of());
    assertThat(view.sentence(), is("What it shows."));
    assertThat(view.select(), is(select));
    assertThat(view.reads(), contains("song"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE OR REPLACE VIEW v AS\nSELECT 1\n",
        HEADER + "CREATE VIEW v AS\nSELECT 1\n",
        HEADER + "CREATE OR REPLACE VIEW other AS\nSELECT 1\n",
        HEADER + "SELECT 1\n",
      })
  void fileOfAnotherFormIsRefused(String text) {
    assertThrows(
        IllegalArgumentException.class, () -> ViewDefinition.of(new SqlFile("v", text), List.of()));
  }

  @Test
  void columnThatDiffersInAthenaIsNamed() throws SQLException {
    try (Connection session = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = session.createStatement()) {
      statement.execute("CREATE VIEW v AS SELECT 'a' AS name, sum(i) AS total FROM range(3) t(i)");
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> ViewDefinition.columns(session, "v"));
      assertThat(refused.getMessage(), containsString("v.total: the type HUGEINT"));
    }
  }
}
