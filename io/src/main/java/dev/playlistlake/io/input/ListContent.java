package dev.playlistlake.io.input;

import dev.playlistlake.model.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a list file holds, before its entries are normalised. The shape follows from the first
 * characters, a header and the separators, in this order (decision 35).
 *
 * @param values the entries as written, in order, those that are not playlists too
 * @param notes what to tell the user about how the file was read, one sentence each
 */
record ListContent(List<String> values, List<String> notes) {
  /** Excel's line that sets the separator. */
  private static final Pattern SEP = Pattern.compile("(?i)\\s*\"?sep=(.)\"?\\s*");

  private static final List<Character> BELOW_HEADER = List.of(',', ';', '\t', '|');
  private static final List<Character> WITHOUT_HEADER = List.of('\t', '|', ';', ',');

  ListContent {
    values = List.copyOf(values);
    notes = List.copyOf(notes);
  }

  /** Without notes. */
  ListContent(List<String> values) {
    this(values, List.of());
  }

  /**
   * Reads a file's text.
   *
   * @throws InputException if it is no list of playlists, or cannot be read
   */
  static ListContent of(String name, String text) throws InputException {
    if (JsonList.isJson(text)) {
      return JsonList.read(name, text);
    }
    List<String> lines = text.lines().toList();
    int start = 0;
    while (start < lines.size() && isBlank(lines.get(start))) {
      start++;
    }
    Matcher sep = SEP.matcher(start < lines.size() ? lines.get(start) : "");
    boolean isSet = sep.matches();
    List<Character> set = isSet ? List.of(sep.group(1).charAt(0)) : List.of();
    int from = isSet ? start + 1 : 0;
    ListContent found = belowHeader(name, lines, from, isSet ? set : BELOW_HEADER);
    if (found == null) {
      found = withoutHeader(name, lines, from, isSet ? set : WITHOUT_HEADER);
    }
    return found == null
        ? new ListContent(LineList.values(lines.subList(from, lines.size())))
        : found;
  }

  /** The lines below one with a known name, if no playlist comes before it. */
  private static @Nullable ListContent belowHeader(
      String name, List<String> lines, int from, List<Character> separators) throws InputException {
    List<String> title = new ArrayList<>();
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      for (char separator : separators) {
        List<String> cells = TableRow.cells(line, separator);
        if (isHeader(cells)) {
          return below(name, lines, i, separator, cells).withTitle(name, title, i + 1);
        }
      }
      if (!isBlank(line) && !LineList.isComment(line)) {
        title.add(line);
        if (LineList.holdsPlaylist(line)) {
          return null;
        }
      }
    }
    return null;
  }

  private static ListContent below(
      String name, List<String> lines, int header, char separator, List<String> cells)
      throws InputException {
    if (cells.size() == 1) {
      String same = lines.get(header).strip();
      return new ListContent(
          LineList.values(
              lines.subList(header + 1, lines.size()).stream()
                  .filter(line -> !line.strip().equals(same))
                  .toList()));
    }
    List<TableRow> rows = TableRow.read(name, lines, header, separator);
    return new TableList(name, rows.get(0), rows.subList(1, rows.size())).content();
  }

  /** A bare '#' may head the row numbers; else a line that begins with it is a comment. */
  private static boolean isHeader(List<String> cells) {
    boolean isComment = LineList.isComment(cells.get(0)) && !cells.get(0).equals("#");
    return !isComment
        && cells.stream()
            .anyMatch(
                cell ->
                    ColumnNames.isOfPlaylists(cell)
                        || ColumnNames.isGeneral(cell)
                        || (cells.size() > 1 && ColumnNames.isOfTracks(cell)));
  }

  private ListContent withTitle(String name, List<String> title, int header) {
    if (title.isEmpty()) {
      return this;
    }
    List<String> more = new ArrayList<>(notes);
    more.add(
        "'%s': the lines above the header in line %s are taken for a title ('%s')."
            .formatted(name, header, ListText.shown(title.get(0))));
    return new ListContent(values, more);
  }

  /** A table, if one separator is in every line. */
  private static @Nullable ListContent withoutHeader(
      String name, List<String> lines, int from, List<Character> separators) throws InputException {
    List<String> written =
        lines.subList(from, lines.size()).stream().filter(line -> !isBlank(line)).toList();
    List<String> noComments = written.stream().filter(line -> !LineList.isComment(line)).toList();
    List<String> content = noComments.isEmpty() ? written : noComments;
    @Nullable TableList best = null;
    for (char separator : separators) {
      if (!content.isEmpty() && content.stream().allMatch(line -> line.indexOf(separator) >= 0)) {
        TableList table = table(name, lines, from, separator);
        if (table != null
            && table.hasColumns()
            && table.mostPlaylists() > (best == null ? 0 : best.mostPlaylists())) {
          best = table;
        }
      }
    }
    return best == null ? null : best.content();
  }

  /** Null if its quotes are not balanced: then its lines are text. */
  private static @Nullable TableList table(
      String name, List<String> lines, int from, char separator) {
    try {
      return new TableList(name, null, TableRow.read(name, lines, from, separator));
    } catch (InputException e) {
      return null;
    }
  }

  private static boolean isBlank(String line) {
    return ForeignText.stripped(line).isEmpty();
  }
}
