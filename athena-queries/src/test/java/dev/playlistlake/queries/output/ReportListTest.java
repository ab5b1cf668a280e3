package dev.playlistlake.queries.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.queries.sql.Report;
import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportListTest {
  @Test
  void reportsAreListed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReportList.print(Optional.empty(), AnswerFormat.TABLE, new PrintStream(out));
    List<String> lines = out.toString(UTF_8).lines().toList();
    for (SqlFile report : SqlFiles.reports()) {
      assertThat(lines, hasItem(report.name()));
    }
    assertThat(lines.stream().mapToInt(String::length).max().orElseThrow() <= 100, is(true));
    out.reset();
    ReportList.print(Report.named("top_artists"), AnswerFormat.CSV, new PrintStream(out));
    assertThat(
        out.toString(UTF_8),
        startsWith("column,description\r\nrank,1 for the artist with the most items"));
  }
}
