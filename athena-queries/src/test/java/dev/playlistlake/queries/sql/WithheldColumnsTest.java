package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import org.junit.jupiter.api.Test;

class WithheldColumnsTest {
  @Test
  void whatIsWithheldHasAReasonAndARemedy() {
    Report report =
        Report.parse(
            new SqlFile(
                "odd",
                "-- Question: q\n-- Grain: g\n-- Columns:\n--   x: y\n-- Parameters: none\n-- requires:"
                    + " song.popularity, artist.genres\nSELECT 1 AS x\nORDER BY 1\n"));
    assertThat(
        WithheldColumns.words(report, "2026-11-20", report.requires()),
        contains(
            is(
                "--report: odd cannot be answered: the answers of this lake's app hold no"
                    + " song.popularity, artist.genres on 2026-11-20"),
            containsString("development apps made before 2026-02-11"),
            containsString("--enrich=albums,artists"),
            containsString("no genres")));
  }
}
