package dev.playlistlake.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Spotify playlist id: 22 characters of base 62. */
public record PlaylistId(String value) implements Comparable<PlaylistId> {
  private static final Pattern BARE = Pattern.compile("[0-9A-Za-z]{22}");
  private static final Pattern URI =
      Pattern.compile("spotify:(?:user:[^:]+:)?playlist:([0-9A-Za-z]{22})");
  private static final Pattern URL =
      Pattern.compile(
          "(?:https?://)?(?:open|play)\\.spotify\\.com/(?:intl-[A-Za-z-]+/)?(?:embed/)?"
              + "(?:user/[^/?#]+/)?playlist/([0-9A-Za-z]{22})/?(?:[?#].*)?");

  public PlaylistId {
    if (!BARE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a playlist id: " + value);
    }
  }

  /**
   * Parses a pasted entry: a bare id, a URI, or a URL with or without {@code intl-xx}, {@code
   * user/NAME} and {@code ?si=}. Empty for everything else, including links to albums.
   */
  public static Optional<PlaylistId> parse(String entry) {
    String trimmed = entry.strip();
    if (BARE.matcher(trimmed).matches()) {
      return Optional.of(new PlaylistId(trimmed));
    }
    for (Pattern form : new Pattern[] {URI, URL}) {
      Matcher matcher = form.matcher(trimmed);
      if (matcher.matches()) {
        return Optional.of(new PlaylistId(matcher.group(1)));
      }
    }
    return Optional.empty();
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
