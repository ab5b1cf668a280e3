package dev.playlistlake.io.input;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PlaylistId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the list of playlists: ids, URIs and URLs, given on the command line or in a file, one per
 * line or in a column of a CSV file; also the words {@code me} and {@code liked} (decision 24).
 * Entries are normalised; if several stand for one playlist, the first counts.
 */
public final class PlaylistList {
  private static final Set<String> COLUMNS = Set.of("playlist_id", "playlist_uri", "playlist_url");
  private static final int LONGEST_KEPT = 500;
  private static final int MOST_BYTES = 100 * 1024 * 1024;

  private PlaylistList() {}

  /**
   * The entries of a list, in order, including those without an id.
   *
   * @param given comma-separated entries, one entry, or the path of a file (local or s3://)
   * @throws InputException with a message for the user, if there is no list or nothing valid in it
   */
  public static List<ListEntry> read(String given) throws InputException {
    boolean isLink = given.contains("://") && !given.startsWith("s3://");
    boolean isList =
        given.contains(",")
            || isLink
            || ListEntry.isWord(ForeignText.stripped(given))
            || PlaylistId.parse(given).isPresent();
    List<String> written = isList ? List.of(given.split(",", -1)) : ofFile(given);
    List<ListEntry> entries = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (String raw : written) {
      String entry = unquoted(raw);
      String visible = ForeignText.stripped(entry);
      String id = PlaylistId.parse(entry).map(PlaylistId::value).orElse(null);
      if (!visible.isEmpty() && known.add(id == null ? visible : id)) {
        entries.add(
            ListEntry.isWord(visible)
                ? ListEntry.word(entries.size(), visible)
                : new ListEntry(entries.size(), shortened(entry), id));
      }
    }
    if (entries.stream().allMatch(entry -> entry.reason() != null)) {
      throw new InputException(nothingValid(given, isList, entries));
    }
    return entries;
  }

  private static List<String> ofFile(String given) throws InputException {
    String text = ListText.decode(given, bytes(given));
    List<String> lines = text.lines().toList();
    int header = firstLineOfContent(lines);
    return header >= 0 && hasColumn(lines.get(header))
        ? column(given, String.join("\n", lines.subList(header, lines.size())))
        : lines.stream().filter(line -> !isComment(line)).toList();
  }

  private static byte[] bytes(String path) throws InputException {
    if (!path.contains("://")) {
      return localBytes(path);
    }
    try {
      return LakeFiles.read(path);
    } catch (LakeException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] localBytes(String path) throws InputException {
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        throw new InputException(
            "'" + path + "' is a folder; give a file, one id, URI or URL a line");
      }
      if (!Files.exists(file)) {
        throw new InputException(
            "there is no file '"
                + ListText.shown(path)
                + "', and it is no playlist id (22 letters and digits), URI or URL either, nor me or"
                + " liked");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new InputException("'" + path + "' is larger than any list (100 MB)");
        }
        return bytes;
      }
    } catch (IOException | InvalidPathException e) {
      throw new InputException(
          "'" + ListText.shown(path) + "' cannot be read: " + LakeFiles.words(e));
    }
  }

  private static int firstLineOfContent(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (!ForeignText.stripped(lines.get(i)).isEmpty() && !isComment(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isComment(String line) {
    return ForeignText.stripped(line).startsWith("#");
  }

  private static boolean hasColumn(String line) {
    for (String name : line.split(String.valueOf(delimiter(line)), -1)) {
      if (COLUMNS.contains(columnName(name))) {
        return true;
      }
    }
    return false;
  }

  private static String columnName(String field) {
    return ForeignText.stripped(unquoted(ForeignText.stripped(field))).toLowerCase(Locale.ROOT);
  }

  /** The column of a CSV file whose first line names it. */
  private static List<String> column(String path, String csv) throws InputException {
    String header = csv.lines().findFirst().orElse("");
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter(header))
            .setIgnoreSurroundingSpaces(true)
            .setCommentMarker('#')
            .build();
    try (CSVParser parser = CSVParser.parse(csv, format)) {
      List<String> values = new ArrayList<>();
      int column = -1;
      for (CSVRecord row : parser) {
        if (column < 0) {
          column = columnOf(row);
        } else if (row.size() > column) {
          values.add(row.get(column));
        }
      }
      return values;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("'" + path + "' is no readable CSV: " + LakeFiles.words(e));
    }
  }

  private static int columnOf(CSVRecord header) {
    int i = 0;
    for (String name : header) {
      if (COLUMNS.contains(columnName(name))) {
        return i;
      }
      i++;
    }
    return 0;
  }

  /** A comma, unless the first line has none but has another delimiter that spreadsheets write. */
  private static char delimiter(String header) {
    if (header.contains(",")) {
      return ',';
    }
    return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
  }

  private static String unquoted(String entry) {
    String stripped = entry.strip();
    boolean quoted =
        stripped.length() >= 2
            && (stripped.startsWith("\"") && stripped.endsWith("\"")
                || stripped.startsWith("'") && stripped.endsWith("'"));
    return quoted ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_KEPT ? text : text.substring(0, LONGEST_KEPT);
  }

  private static String nothingValid(String given, boolean isList, List<ListEntry> entries) {
    String where = isList ? "the list" : "'" + given + "'";
    if (entries.isEmpty()) {
      return where + " is empty; give a playlist id, URI or URL a line";
    }
    ListEntry first = entries.get(0);
    return where
        + " has no valid entry, the first is '"
        + ListText.shown(first.given())
        + "'; give ids (22 letters and digits), URIs or URLs of playlists, one a line or in a CSV"
        + " column playlist_id, playlist_uri or playlist_url";
  }
}
