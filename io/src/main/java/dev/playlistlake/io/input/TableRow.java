package dev.playlistlake.io.input;

import dev.playlistlake.model.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A row of a table in a list file.
 *
 * @param line the number of its first line in the file, from 1
 */
record TableRow(int line, List<String> cells) {
  TableRow {
    cells = List.copyOf(cells);
  }

  /**
   * The rows of a file, blank ones too.
   *
   * @param from the index of the first line to read
   * @throws InputException if quotes are not balanced
   */
  static List<TableRow> read(String name, List<String> lines, int from, char separator)
      throws InputException {
    String text = String.join("\n", lines.subList(from, lines.size())) + "\n";
    List<TableRow> rows = new ArrayList<>();
    int end = from;
    try (CSVParser parser = CSVParser.parse(text, format(separator))) {
      for (Iterator<CSVRecord> all = parser.iterator(); all.hasNext(); ) {
        List<String> cells = all.next().toList();
        long breaks = cells.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
        end = from + Math.toIntExact(parser.getCurrentLineNumber());
        rows.add(new TableRow(end - Math.toIntExact(breaks), cells));
      }
      return rows;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          "'%s' is no readable CSV from line %s on: a quote is not closed, or stands within quotes;"
                  .formatted(name, end + 1)
              + " write it twice there (\"\"), or remove it");
    }
  }

  /** The cells of a single line; if its quotes are not balanced, those between separators. */
  static List<String> cells(String line, char separator) {
    try (CSVParser parser = CSVParser.parse(line, format(separator))) {
      return parser.stream().findFirst().map(CSVRecord::toList).orElse(List.of(""));
    } catch (IOException | UncheckedIOException e) {
      return Arrays.asList(line.split(Pattern.quote(String.valueOf(separator)), -1));
    }
  }

  private static CSVFormat format(char separator) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(separator)
        .setIgnoreSurroundingSpaces(true)
        .setIgnoreEmptyLines(false)
        .build();
  }

  /** A cell; empty if the row is too short for it. */
  String cell(int column) {
    return column < cells.size() ? cells.get(column) : "";
  }

  /** The cells that are not empty. */
  Stream<String> written() {
    return cells.stream().filter(TableRow::isWritten);
  }

  static boolean isWritten(String cell) {
    return !ForeignText.stripped(cell).isEmpty();
  }

  /** Whether it begins as a comment does. */
  boolean isComment() {
    return LineList.isComment(cells.get(0));
  }

  /** The row as an entry that is not a playlist. */
  String shown() {
    return ForeignText.oneLine("line " + line + ": " + String.join(", ", written().toList()));
  }
}
