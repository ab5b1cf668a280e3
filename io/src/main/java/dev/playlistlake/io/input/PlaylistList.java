package dev.playlistlake.io.input;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PlaylistId;
import dev.playlistlake.transforms.RejectInvalidEntries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The list of playlists: ids, URIs and URLs, given on the command line or in a file; also the words
 * {@code me} and {@code liked} (decision 24). Entries are normalised; if several stand for one
 * playlist, the first counts.
 *
 * @param entries in order, including those without an id
 * @param notes what to tell the user about the list, one sentence each
 */
public record PlaylistList(List<ListEntry> entries, List<String> notes) {
  private static final int LONGEST_KEPT = 500;
  private static final String SHORT_LINKS =
      "a spotify.link leads to a playlist only in a browser; open it there and copy the address"
          + " (open.spotify.com/playlist/...)";

  public PlaylistList {
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a list.
   *
   * @param given comma-separated entries, one entry, or the path of a file (local or s3://)
   * @throws InputException with a message for the user, if there is no list or nothing valid in it
   */
  public static PlaylistList read(String given) throws InputException {
    boolean isLink = given.contains("://") && !given.startsWith("s3://");
    boolean isList =
        given.contains(",")
            || isLink
            || ListEntry.isWord(ForeignText.stripped(given))
            || PlaylistId.parse(given).isPresent();
    ListContent content =
        isList
            ? new ListContent(List.of(given.split(",", -1)))
            : ListContent.of(given, ListText.decode(given, ListFile.bytes(given)));
    List<ListEntry> entries = entries(content.values());
    String where = isList ? "the list" : "'" + given + "'";
    List<ListEntry> invalid = entries.stream().filter(entry -> entry.reason() != null).toList();
    if (invalid.size() == entries.size()) {
      throw new InputException(nothingValid(where, entries));
    }
    List<String> notes = new ArrayList<>(content.notes());
    if (invalid.size() * 2 >= entries.size()) {
      notes.add(mostlyInvalid(where, invalid, entries.size()));
    }
    if (invalid.stream().anyMatch(PlaylistList::isShortLink)) {
      notes.add("Short links in " + where + ": " + SHORT_LINKS + ".");
    }
    return new PlaylistList(entries, notes);
  }

  private static List<ListEntry> entries(List<String> written) {
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
    return entries;
  }

  private static String nothingValid(String where, List<ListEntry> entries) {
    if (entries.isEmpty()) {
      return where + " is empty; give a playlist id, URI or URL per line";
    }
    ListEntry first = entries.get(0);
    return where
        + " has no valid entry, the first is '"
        + ListText.shown(first.given())
        + "'; "
        + (entries.stream().anyMatch(PlaylistList::isShortLink)
            ? SHORT_LINKS
            : "give ids (22 letters and digits), URIs or URLs of playlists, one per line or in a CSV"
                + " column playlist_id, playlist_uri or playlist_url");
  }

  private static String mostlyInvalid(String where, List<ListEntry> invalid, int all) {
    return String.format(
        Locale.ROOT,
        "Only %,d of %,d entries of %s are playlists. The others are rejected; the first of them is"
            + " '%s'. Is this the right list, with ids, URIs or URLs of playlists?",
        all - invalid.size(),
        all,
        where,
        ListText.shown(invalid.get(0).given()));
  }

  private static boolean isShortLink(ListEntry entry) {
    return entry.reason() != null && RejectInvalidEntries.isShortLink(entry.given());
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
}
