package dev.playlistlake.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Spotify playlist id: 22 characters of base 62. */
public record PlaylistId(String value) implements Comparable<PlaylistId> {
  private static final String ID = "([0-9A-Za-z]{22})";

  /** Up to what may separate two entries. */
  private static final String REST = "(?:[?#][^\\s,;|]*)?";

  private static final Pattern BARE = Pattern.compile(ID);

  /** Of the names in these, only the id has upper and lower case. */
  private static final List<Pattern> FORMS =
      Stream.of(
              ID + "(?:\\?[^\\s,;|]*)?",
              "spotify:(?:user:[^:]+:)?playlist:" + ID + "/*" + REST,
              "(?:https?://)?(?:open|play)\\.spotify\\.com/(?:intl-[0-9a-z-]+/)?(?:embed/)?"
                  + "(?:user/[^/?#]+/)?playlist/"
                  + ID
                  + "/*"
                  + REST,
              // As responses name it: href.
              "(?:https?://)?api\\.spotify\\.com/v1/(?:users/[^/?#]+/)?playlists/"
                  + ID
                  + "(?:/(?:tracks|items))?/*"
                  + REST)
          .map(form -> Pattern.compile(form, Pattern.CASE_INSENSITIVE))
          .toList();

  /** What stands around links in mail, chats and documents. */
  private static final String BEFORE = "<([{\"'`«‹“”„‘’";

  private static final String BEHIND = ">)]}\"'`»›“”‘’.,;:!?…";

  public PlaylistId {
    if (!BARE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a playlist id: " + value);
    }
  }

  /**
   * Parses a pasted entry: a bare id, a URI, a URL with or without {@code intl-xx}, {@code
   * user/NAME} and {@code ?si=}, or the {@code href} of a response; also with invisible characters,
   * within brackets or quotes, or before a full stop. Empty for everything else, including links to
   * albums.
   */
  public static Optional<PlaylistId> parse(String entry) {
    String link = unwrapped(ForeignText.stripped(entry));
    for (Pattern form : FORMS) {
      Matcher matcher = form.matcher(link);
      if (matcher.matches()) {
        return Optional.of(new PlaylistId(matcher.group(1)));
      }
    }
    return Optional.empty();
  }

  private static String unwrapped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isAround(text.charAt(start), BEFORE)) {
      start++;
    }
    while (end > start && isAround(text.charAt(end - 1), BEHIND)) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isAround(char c, String marks) {
    return marks.indexOf(c) >= 0 || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  @Override
  public int compareTo(PlaylistId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
