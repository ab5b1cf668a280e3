package dev.playlistlake.queries.output;

import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The output formats of results. */
public enum AnswerFormat {
  /** Aligned columns for people, and the number of rows. */
  TABLE(TablePrinter::new),
  /** RFC 4180 with a header; null is an empty field, an empty text is {@code ""}. */
  CSV(out -> new CsvPrinter(out, /* forExcel= */ false)),
  /** CSV as Excel opens it by a double click, with no text that it would run as a formula. */
  EXCEL(out -> new CsvPrinter(out, /* forExcel= */ true)),
  /** An array of objects, one per line. */
  JSON(JsonPrinter::new),
  /** A table in GitHub's Markdown. */
  MARKDOWN(MarkdownPrinter::new);

  @SuppressWarnings("ImmutableEnumChecker") // a constructor reference has no state
  private final Function<Writer, Answer> printer;

  AnswerFormat(Function<Writer, Answer> printer) {
    this.printer = printer;
  }

  /** As written in a flag. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format with this name, if any. */
  public static Optional<AnswerFormat> of(String word) {
    return choices().filter(format -> format.word().equals(word)).findFirst();
  }

  /** All names. */
  public static List<String> words() {
    return choices().map(AnswerFormat::word).toList();
  }

  /** Excel's has a flag of its own, since {@code csv} is what other programs expect. */
  private static Stream<AnswerFormat> choices() {
    return Arrays.stream(values()).filter(format -> format != EXCEL);
  }

  /** A printer for this writer; it streams rows, except the first ones of a table. */
  public Answer printer(Writer out) {
    return printer.apply(out);
  }
}
