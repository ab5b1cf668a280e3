package dev.playlistlake.io.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.DayRows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every table has its files, and evidence of them and of its rows. */
class WriteTablesTest {
  private static final int FILES = 2;

  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void eachTableIsWrittenAndCounted(@TempDir Path lake) {
    LakeLayout layout = new LakeLayout(lake.toString(), "2026-11-20", "20261120T060000Z-0001");
    Map<String, Integer> rows = new TreeMap<>();
    rows.put("playlist", 1);
    rows.put("playlist_item", 2);
    rows.put("song", 1);
    rows.put("album", 1);
    rows.put("artist", 2);
    rows.put("playlist_event", 1);
    rows.put("rejected", 1);
    List<String> evidence = new ArrayList<>();
    rows.forEach((table, count) -> evidence.add("TALLY " + table + "_rows " + count));
    for (LakeTable table : tables()) {
      for (int file = 0; file < FILES; file++) {
        evidence.add("FILE " + layout.dataFile(table, file, FILES) + " 0");
      }
    }
    evidence.sort(null);
    GivenEvidence.expect(
        DayRows.sound()
            .tables(beam.pipeline())
            .apply(
                "write",
                WriteTables.of(
                    new RunFacts(layout, FILES, Instant.EPOCH, "DirectRunner", "1", false, "{}"))),
        evidence.toArray(new String[0]));
    beam.run();
    Map<String, Integer> written = new TreeMap<>();
    for (LakeTable table : tables()) {
      for (int file = 0; file < FILES; file++) {
        int inFile = (int) ParquetFiles.countRows(layout.dataFile(table, file, FILES));
        written.merge(table.tableName(), inFile, Integer::sum);
      }
    }
    assertThat(written, is(rows));
  }

  private static List<LakeTable> tables() {
    return Arrays.stream(LakeTable.values()).filter(table -> table != LakeTable.RUN).toList();
  }
}
