package dev.playlistlake.io.input;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.PlaylistId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of text, one entry each; also as items of YAML and Markdown. */
final class LineList {
  private static final Pattern MARKDOWN_LINK = Pattern.compile("]\\(\\s*<?([^)\\s>]+)");
  private static final Pattern ITEM = Pattern.compile("(?:[-*+•]|\\d+[.)])\\s+(.*)");
  private static final Pattern FIELD_BELOW_ITEM = Pattern.compile("\\s+[\\w-]+:(?:\\s.*)?");
  private static final Pattern HEADING = Pattern.compile("[^:]+:");
  private static final Pattern RULE = Pattern.compile("-{3,}|={3,}|\\*{3,}|_{3,}");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,;|]+");

  private LineList() {}

  /** The entries: a line with one playlist in it is that playlist, any other line is as written. */
  static List<String> values(List<String> lines) {
    boolean hasItems = lines.stream().anyMatch(line -> ITEM.matcher(line.strip()).matches());
    List<String> values = new ArrayList<>();
    for (String line : hasItems ? joined(lines) : lines) {
      String text = ForeignText.stripped(line);
      boolean isLayout = RULE.matcher(text).matches() || (hasItems && isHeading(text));
      if (!text.isEmpty() && !isComment(line) && !isLayout) {
        Matcher item = ITEM.matcher(line.strip());
        values.addAll(entries(item.matches() ? item.group(1) : line));
      }
    }
    return values;
  }

  /** The lines, with the further fields of an item of YAML behind its first one. */
  private static List<String> joined(List<String> lines) {
    List<String> joined = new ArrayList<>();
    for (String line : lines) {
      int last = joined.size() - 1;
      if (last >= 0
          && FIELD_BELOW_ITEM.matcher(line).matches()
          && ITEM.matcher(joined.get(last).strip()).matches()) {
        joined.set(last, joined.get(last) + " " + line.strip());
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  private static List<String> entries(String text) {
    Optional<String> whole = playlist(text);
    if (whole.isPresent()) {
      return List.of(whole.get());
    }
    Map<String, String> links = links(text);
    Map<String, String> playlists = new LinkedHashMap<>(links);
    boolean isAll = true;
    for (String word : BETWEEN_WORDS.split(ForeignText.stripped(text))) {
      isAll &= put(word, playlists);
    }
    boolean isClear = playlists.size() == 1 || isAll || !links.isEmpty();
    return isClear ? List.copyOf(playlists.values()) : List.of(text);
  }

  /** The playlist that a text is, as an entry, or that the only link in Markdown leads to. */
  static Optional<String> playlist(String text) {
    if (PlaylistId.parse(text).isPresent()) {
      return Optional.of(text);
    }
    Map<String, String> links = links(text);
    boolean isOnlyOne =
        links.size() == 1 && BETWEEN_WORDS.splitAsStream(text).noneMatch(LineList::isId);
    return isOnlyOne ? links.values().stream().findFirst() : Optional.empty();
  }

  /** What links in Markdown lead to, by id. */
  private static Map<String, String> links(String text) {
    Map<String, String> links = new LinkedHashMap<>();
    for (Matcher link = MARKDOWN_LINK.matcher(text); link.find(); ) {
      put(link.group(1), links);
    }
    return links;
  }

  /** Puts a playlist where its id is; returns whether the text is one. */
  private static boolean put(String text, Map<String, String> playlists) {
    Optional<PlaylistId> id = PlaylistId.parse(text);
    id.ifPresent(known -> playlists.putIfAbsent(known.value(), text));
    return id.isPresent();
  }

  private static boolean isId(String text) {
    return PlaylistId.parse(text).isPresent();
  }

  /** The id of that playlist; empty for another text. */
  static Optional<PlaylistId> id(String text) {
    return playlist(text).flatMap(PlaylistId::parse);
  }

  /** Whether a playlist stands anywhere in a line. */
  static boolean holdsPlaylist(String line) {
    return playlist(line).isPresent()
        || !links(line).isEmpty()
        || BETWEEN_WORDS.splitAsStream(ForeignText.stripped(line)).anyMatch(LineList::isId);
  }

  static boolean isComment(String line) {
    return ForeignText.stripped(line).startsWith("#");
  }

  /** YAML's: the name of the list, above its items. */
  private static boolean isHeading(String text) {
    return HEADING.matcher(text).matches();
  }
}
