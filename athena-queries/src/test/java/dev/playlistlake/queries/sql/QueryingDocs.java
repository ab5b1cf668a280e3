package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import dev.playlistlake.schema.LakeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The parts of {@code docs/querying.md} that are made from the files they describe. */
final class QueryingDocs {
  /** What becomes of the column in another table that names a key, as the diagram draws it. */
  private static final List<String> RELATIONS =
      List.of(
          "playlist ||--o{ playlist_item : \"playlist_id, ingest_date\"",
          "song ||--o{ playlist_item : \"track_id, ingest_date\"",
          "album ||--o{ song : \"album_id, ingest_date\"",
          "artist }o--o{ song : \"song.artists[].artist_id, ingest_date\"",
          "artist }o--o{ album : \"album.artists[].artist_id, ingest_date\"",
          "playlist ||--o{ playlist_event : \"playlist_id, ingest_date\"",
          "playlist |o--o{ rejected : \"playlist_id, ingest_date\"",
          "run ||--o{ playlist : \"run_id\"");

  private static final Pattern ID = Pattern.compile("(playlist|track|album|artist)_id");

  private QueryingDocs() {}

  /** All parts by the name that their marks bear. */
  static Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("shell", shell());
    parts.put("views", views());
    parts.put("reports", reports());
    parts.put("diagram", diagram());
    parts.put("dictionary", dictionary());
    return parts;
  }

  /**
   * A page with all parts in their places.
   *
   * @throws IllegalArgumentException where the marks of a part are missing
   */
  static String refreshed(String page) {
    String refreshed = page;
    for (Map.Entry<String, String> part : parts().entrySet()) {
      String begin = "<!-- begin: " + part.getKey() + " -->\n";
      String end = "<!-- end: " + part.getKey() + " -->";
      Matcher place =
          Pattern.compile("(?s)" + Pattern.quote(begin) + ".*?" + Pattern.quote(end))
              .matcher(refreshed);
      if (!place.find()) {
        throw new IllegalArgumentException("no place for " + part.getKey());
      }
      refreshed =
          refreshed.substring(0, place.start())
              + begin
              + part.getValue()
              + end
              + refreshed.substring(place.end());
    }
    return refreshed;
  }

  /** The prelude and all views in one file; the names in the loop, as not every shell splits. */
  private static String shell() {
    String names = SqlFiles.views().stream().map(SqlFile::name).collect(joining(" "));
    return """
        ```
        lake=./lake
        mkdir -p target
        {
          echo "SET VARIABLE lake = '$lake';"
          cat athena-queries/duckdb/prelude.sql
          for view in %s; do
            cat "athena-queries/views/$view.sql"
            echo ';'
          done
        } > target/lake.sql
        ```
        """
        .formatted(names.replaceAll("(.{60,80}) ", "$1 \\\\\n      "));
  }

  private static String views() {
    StringBuilder views =
        new StringBuilder("| view | what it shows | one row per |\n|---|---|---|\n");
    for (SqlFile view : SqlFiles.views()) {
      List<String> header =
          view.text()
              .lines()
              .takeWhile(line -> line.startsWith("-- "))
              .map(line -> line.substring(3))
              .toList();
      int grain = grain(header);
      views.append(
          row(
              "`" + view.name() + "`",
              String.join(" ", header.subList(0, grain)),
              String.join(" ", header.subList(grain, header.size()))
                  .replaceFirst("Grain: (one row per )?", "")));
    }
    return views.toString();
  }

  private static int grain(List<String> header) {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).startsWith("Grain: ")) {
        return i;
      }
    }
    throw new IllegalArgumentException("no grain in " + header);
  }

  private static String reports() {
    StringBuilder reports =
        new StringBuilder("| report | question | parameters | needs |\n|---|---|---|---|\n");
    for (Report report : Report.all()) {
      reports.append(
          row(
              "`" + report.name() + "`",
              report.question(),
              report.parameters().stream().map(p -> "`" + p.name() + "`").collect(joining(", ")),
              report.requires().stream().map(c -> "`" + c + "`").collect(joining(", "))));
    }
    return reports.toString();
  }

  private static String diagram() {
    StringBuilder diagram = new StringBuilder("```mermaid\nerDiagram\n");
    RELATIONS.forEach(relation -> diagram.append("  ").append(relation).append('\n'));
    for (LakeTable table : LakeTable.values()) {
      diagram.append("  ").append(table.tableName()).append(" {\n");
      for (String line : entity(table)) {
        diagram.append("    ").append(line).append('\n');
      }
      diagram.append("  }\n");
    }
    return diagram.append("```\n").toString();
  }

  /** The key, and what points at other keys. */
  private static List<String> entity(LakeTable table) {
    List<String> lines = new ArrayList<>();
    lines.add("varchar " + LakeTable.INGEST_DATE + " PK");
    for (Schema.Field field : table.schema().getFields()) {
      boolean isKey = table.key().contains(field.name());
      boolean isReference = ID.matcher(field.name()).matches() || field.name().equals("artists");
      if (isKey || isReference) {
        String type = ColumnTypes.athena(field.schema()).replaceFirst("\\(.*", "");
        String role = isKey ? " PK" : field.name().equals("artists") ? "" : " FK";
        lines.add(type + " " + field.name() + role);
      }
    }
    return lines;
  }

  private static String dictionary() {
    StringBuilder dictionary = new StringBuilder();
    for (LakeTable table : LakeTable.values()) {
      dictionary.append(
          "### `%s`\n\n%s Key: %s.\n\n| column | Athena, Trino | DuckDB | meaning |\n|---|---|---|---|\n"
              .formatted(
                  table.tableName(),
                  table.schema().getDoc(),
                  table.key().stream().map(c -> "`" + c + "`").collect(joining(", "))));
      for (Schema.Field field : table.schema().getFields()) {
        dictionary.append(
            row(
                "`" + field.name() + "`",
                ColumnTypes.athena(field.schema()),
                ColumnTypes.duckDb(field.schema()),
                field.doc()));
      }
      dictionary.append(
          row(
              "`" + LakeTable.INGEST_DATE + "`",
              "varchar",
              "VARCHAR",
              "The day, YYYY-MM-DD, UTC. Partition key."));
      dictionary.append('\n');
    }
    return dictionary.toString();
  }

  private static String row(String... cells) {
    return Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(joining(" | ", "| ", " |"))
            .replaceAll("\\|  (?=\\|)", "| ")
        + "\n";
  }
}
