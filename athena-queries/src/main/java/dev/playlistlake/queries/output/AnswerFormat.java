package dev.playlistlake.queries.output;

import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The forms in which answers are printed. */
public enum AnswerFormat {
  /** Aligned columns for a person, and the number of rows. */
  TABLE(TablePrinter::new),
  /** As RFC 4180 has it, with a header; null is nothing, an empty text is {@code ""}. */
  CSV(CsvPrinter::new),
  /** An array of objects, one a line. */
  JSON(JsonPrinter::new),
  /** A table of GitHub's Markdown. */
  MARKDOWN(MarkdownPrinter::new);

  @SuppressWarnings("ImmutableEnumChecker") // a constructor, which holds nothing
  private final Function<Writer, Answer> printer;

  AnswerFormat(Function<Writer, Answer> printer) {
    this.printer = printer;
  }

  /** As it is written in a flag. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a word, if it is one. */
  public static Optional<AnswerFormat> of(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(AnswerFormat::word).toList();
  }

  /** A printer to a place; rows go there as they come, but for the first ones of a table. */
  public Answer printer(Writer out) {
    return printer.apply(out);
  }
}
