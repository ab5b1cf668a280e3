package dev.playlistlake.queries.duckdb;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.PlaylistId;
import dev.playlistlake.queries.sql.BadQueryException;
import dev.playlistlake.queries.sql.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person may write for the id that a report takes: the id, a link, or the name. A value that
 * the lake does not know is an error, since an empty table would look like a fact.
 */
public final class SubjectNames {
  private static final int MOST_SHOWN = 3;
  private static final Pattern LINK =
      Pattern.compile(
          "(?i)(?:spotify:|(?:https?://)?open\\.spotify\\.com/(?:intl-[0-9a-z-]+/)?)"
              + "(?:track|artist|album)[:/]([0-9A-Za-z]{22})(?:[?#/].*)?");

  /**
   * A kind of subjects.
   *
   * @param view the view with a row per subject and day
   * @param id its column that the report's parameter is compared with
   * @param name its column with the name
   */
  private record Kind(String word, String view, String id, String name) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "playlist_id", new Kind("playlist", "playlist", "playlist_id", "name"),
          "track_id", new Kind("song", "song", "track_id", "name"),
          "artist_id", new Kind("artist", "artist", "artist_id", "name"),
          "album_id", new Kind("album", "album", "album_id", "name"),
          "label", new Kind("label", "album", "label", "label"));

  private final LakeFacts lake;
  private final @Nullable String day;

  /**
   * The names of a lake.
   *
   * @param day the day that the report is about; null if it is about all
   */
  public SubjectNames(LakeFacts lake, @Nullable String day) {
    this.lake = lake;
    this.day = day;
  }

  /** The view that a parameter's values stand in, if any. */
  public static Optional<String> viewOf(String parameter) {
    return Optional.ofNullable(KINDS.get(parameter)).map(Kind::view);
  }

  /**
   * The ids in the place of what was written; other parameters stay.
   *
   * @throws BadQueryException if the lake holds no such subject on the day
   * @throws LakeUnreadableException if files of the lake cannot be read
   */
  public Map<String, String> resolved(Map<String, String> values)
      throws BadQueryException, LakeUnreadableException {
    Map<String, String> resolved = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, String> value : values.entrySet()) {
      Kind kind = KINDS.get(value.getKey());
      try {
        resolved.put(value.getKey(), kind == null ? value.getValue() : id(kind, value.getValue()));
      } catch (BadQueryException e) {
        e.problems().forEach(problem -> problems.add(value.getKey() + ": " + problem));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadQueryException(problems);
    }
    return resolved;
  }

  private String id(Kind kind, String written) throws BadQueryException, LakeUnreadableException {
    Map<String, String> known = names(kind, day);
    List<String> found = found(known, written);
    if (found.isEmpty() && day != null) {
      List<String> onOtherDays = found(names(kind, null), written);
      if (onOtherDays.size() == 1) {
        throw problem(
            "the %s '%s' is in this lake, but not on %s: it was on %s"
                .formatted(
                    kind.word(),
                    shown(written),
                    day,
                    lake.days(kind.view(), kind.id(), onOtherDays.get(0))));
      }
    }
    if (found.size() > 1) {
      throw problem(
          found.size()
              + " "
              + kind.word()
              + "s are called '"
              + shown(written)
              + "': give one of their ids, "
              + String.join(", ", found));
    }
    if (found.isEmpty()) {
      List<String> near = near(known, written);
      throw problem(
          "no %s '%s' in this lake%s%s"
              .formatted(
                  kind.word(),
                  shown(written),
                  day == null ? "" : " on " + day,
                  near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near)));
    }
    return found.get(0);
  }

  /** The ids that a text stands for: as an id or link one, as a name maybe several. */
  private static List<String> found(Map<String, String> known, String written) {
    String text = ForeignText.stripped(written);
    Matcher link = LINK.matcher(text);
    String id =
        PlaylistId.parse(text)
            .map(PlaylistId::value)
            .orElseGet(() -> link.matches() ? link.group(1) : text);
    if (known.containsKey(id)) {
      return List.of(id);
    }
    List<String> named = idsNamed(known, text, /* ignoringCase= */ false);
    return named.isEmpty() ? idsNamed(known, text, /* ignoringCase= */ true) : named;
  }

  private static List<String> idsNamed(
      Map<String, String> known, String name, boolean ignoringCase) {
    return known.entrySet().stream()
        .filter(
            one ->
                ignoringCase ? one.getValue().equalsIgnoreCase(name) : one.getValue().equals(name))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Ids or names that differ little, or names that contain what was written. */
  private static List<String> near(Map<String, String> known, String written) {
    Set<String> names = new TreeSet<>(known.values());
    Set<String> near = new LinkedHashSet<>(Nearest.to(written, known.keySet()));
    Nearest.to(written, names).forEach(name -> near.add(quoted(name)));
    String part = written.strip().toLowerCase(Locale.ROOT);
    names.stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).contains(part))
        .forEach(name -> near.add(quoted(name)));
    return near.stream().limit(MOST_SHOWN).toList();
  }

  private static String quoted(String name) {
    return "'" + ForeignText.oneLine(name) + "'";
  }

  private Map<String, String> names(Kind kind, @Nullable String on) throws LakeUnreadableException {
    return lake.names(kind.view(), kind.id(), kind.name(), on);
  }

  private static String shown(String text) {
    return ForeignText.oneLine(text);
  }

  private static BadQueryException problem(String words) {
    return new BadQueryException(List.of(words));
  }
}
