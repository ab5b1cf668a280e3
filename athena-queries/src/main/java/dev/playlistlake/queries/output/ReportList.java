package dev.playlistlake.queries.output;

import dev.playlistlake.queries.output.Answer.Column;
import dev.playlistlake.queries.sql.Report;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The reports and their questions, for people or programs. */
public final class ReportList {
  private static final int LINE = 100;

  private ReportList() {}

  /**
   * Prints all reports, or one in detail: its header in table format, otherwise its columns.
   *
   * @param report the report to describe; empty for all
   */
  public static void print(Optional<Report> report, AnswerFormat format, PrintStream out) {
    try {
      Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      if (format != AnswerFormat.TABLE) {
        rows(report, format.printer(writer));
      } else if (report.isPresent()) {
        writer.write(report.get().name() + "\n\n" + report.get().header());
      } else {
        for (Report one : Report.all()) {
          writer.write(one.name() + "\n" + wrapped(one.question()));
        }
      }
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rows(Optional<Report> report, Answer printer) {
    if (report.isPresent()) {
      printer.columns(List.of(text("column"), text("description")));
      report.get().columns().forEach(c -> printer.row(List.of(c.name(), c.description())));
    } else {
      printer.columns(List.of(text("report"), text("question")));
      Report.all().forEach(one -> printer.row(List.of(one.name(), one.question())));
    }
    printer.end();
  }

  private static Column text(String name) {
    return new Column(name, "VARCHAR", false);
  }

  /** Indented lines that fit a terminal. */
  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > LINE) {
        lines.append(line).append('\n');
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "    " : " ").append(word);
    }
    return lines.append(line).append('\n').toString();
  }
}
