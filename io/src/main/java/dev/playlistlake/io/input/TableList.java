package dev.playlistlake.io.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of a table, and which of their cells are the entries. */
final class TableList {
  /** The line between header and rows of a table in Markdown. */
  private static final Pattern DASHES = Pattern.compile(":?-{3,}:?");

  /** No id, URI or URL, not even one with a mistake. */
  private static final Pattern HEADING = Pattern.compile("(?s)[^0-9/:]*\\p{L}[^0-9/:]*");

  private final String name;
  private final @Nullable TableRow header;
  private final List<TableRow> rows;

  /**
   * A table.
   *
   * @param name the file's name
   * @param header null if none is known
   * @param all the rows, without the header
   */
  TableList(String name, @Nullable TableRow header, List<TableRow> all) {
    this.name = name;
    this.header = header;
    this.rows = all.stream().filter(this::mayBeEntry).toList();
  }

  /** Blank rows are not entries, nor is the header of a file that was put behind another. */
  private boolean mayBeEntry(TableRow row) {
    boolean isLayout = row.written().allMatch(cell -> DASHES.matcher(cell).matches());
    return !isLayout && (header == null || !row.cells().equals(header.cells()));
  }

  /**
   * The entries.
   *
   * @throws InputException if it is a table of something else, or it is not clear which column
   *     counts
   */
  ListContent content() throws InputException {
    List<Integer> named = columns(ColumnNames::isOfPlaylists);
    if (named.isEmpty() && !columns(ColumnNames::isOfTracks).isEmpty()) {
      throw new InputException(
          "'"
              + name
              + "' holds the songs of one playlist, as Exportify saves them, and no playlists; give"
              + " that playlist's link, or a list of links");
    }
    List<Integer> general = columns(ColumnNames::isGeneral);
    List<Integer> counting = new ArrayList<>(named);
    // An id may be a row's number, a url that of a picture.
    general.stream().filter(column -> playlists(column) > 0).forEach(counting::add);
    if (counting.isEmpty() && mostPlaylists() > 0) {
      return byContent();
    }
    return new ListContent(entries(rows, counting.isEmpty() ? general : counting));
  }

  private List<Integer> columns(Predicate<String> isName) {
    return header == null
        ? List.of()
        : IntStream.range(0, header.cells().size())
            .filter(column -> isName.test(header.cell(column)))
            .boxed()
            .toList();
  }

  /**
   * Whether at least two columns hold something; else it is lines with a separator at their ends.
   */
  boolean hasColumns() {
    return IntStream.range(0, width())
            .filter(column -> rows.stream().anyMatch(row -> TableRow.isWritten(row.cell(column))))
            .count()
        > 1;
  }

  /** How many rows have a playlist in the column that has most. */
  long mostPlaylists() {
    return IntStream.range(0, width()).mapToLong(this::playlists).max().orElse(0);
  }

  private int width() {
    return rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
  }

  private long playlists(int column) {
    return rows.stream().filter(row -> playlist(row, column).isPresent()).count();
  }

  private static Optional<String> playlist(TableRow row, int column) {
    return LineList.playlist(row.cell(column));
  }

  /**
   * The first cell of these columns that is not empty, row by row. A row that begins as a comment
   * does is one unless that cell is a playlist.
   */
  private static List<String> entries(List<TableRow> rows, List<Integer> columns) {
    List<String> values = new ArrayList<>();
    for (TableRow row : rows) {
      Optional<String> cell =
          columns.stream().map(row::cell).filter(TableRow::isWritten).findFirst();
      Optional<String> playlist = cell.flatMap(LineList::playlist);
      if (playlist.isPresent() || !row.isComment()) {
        values.add(playlist.or(() -> cell).orElseGet(row::shown));
      }
    }
    return values;
  }

  /** Without a name that tells, the column in which most rows have a playlist counts. */
  private ListContent byContent() throws InputException {
    List<TableRow> noComments = rows.stream().filter(row -> !row.isComment()).toList();
    boolean isOnlyPlaylists =
        noComments.stream()
            .flatMap(TableRow::written)
            .allMatch(cell -> LineList.playlist(cell).isPresent());
    if (header == null && isOnlyPlaylists && !noComments.isEmpty()) {
      return new ListContent(
          noComments.stream()
              .flatMap(TableRow::written)
              .flatMap(cell -> LineList.playlist(cell).stream())
              .toList());
    }
    int column = columnOfMost();
    TableRow first = noComments.isEmpty() ? rows.get(0) : noComments.get(0);
    boolean isHeading = header == null && HEADING.matcher(first.cell(column)).matches();
    List<TableRow> entries =
        isHeading ? rows.stream().filter(row -> !row.equals(first)).toList() : rows;
    return new ListContent(
        entries(entries, List.of(column)), List.of(note(column, isHeading ? first : header)));
  }

  private int columnOfMost() throws InputException {
    long most = mostPlaylists();
    int[] columns =
        IntStream.range(0, width()).filter(column -> playlists(column) == most).toArray();
    for (int other : columns) {
      for (TableRow row : rows) {
        if (!LineList.id(row.cell(columns[0])).equals(LineList.id(row.cell(other)))) {
          throw new InputException(
              "'%s' has different playlists in columns %s and %s, for example in line %s;"
                      .formatted(name, columns[0] + 1, other + 1, row.line())
                  + " name the column to read playlist_url in a first line");
        }
      }
    }
    return columns[0];
  }

  private String note(int column, @Nullable TableRow heading) {
    String words =
        heading == null
            ? ""
            : " ('%s' in line %s)".formatted(ListText.shown(heading.cell(column)), heading.line());
    return String.format(
        Locale.ROOT,
        "'%s' has no column playlist_id, playlist_uri or playlist_url: reading column %d%s.",
        name,
        column + 1,
        words);
  }
}
