package dev.playlistlake.io.spotify.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Links that contain a user: to a profile, or in the old form to a playlist under its owner. */
public final class UserLinks {
  private static final Pattern URI =
      Pattern.compile("(spotify:)user:[^:]+(?::(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern URL =
      Pattern.compile(
          "((?:https?://[^/?#]+|[a-z0-9.-]*spotify\\.com)/(?:[^?#]*?/)?)"
              + "users?/[^/?#]+(?:/(.*)|[?#].*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private UserLinks() {}

  /**
   * The link without its user; the text itself if it is not such a link; null if nothing is left.
   */
  public static @Nullable String without(String text) {
    String rest = text;
    for (Pattern form : new Pattern[] {URI, URL}) {
      for (Matcher link = form.matcher(rest); link.matches(); link = form.matcher(rest)) {
        String behind = link.group(2);
        if (behind == null || behind.isEmpty()) {
          return null;
        }
        rest = link.group(1) + behind;
      }
    }
    return rest;
  }
}
