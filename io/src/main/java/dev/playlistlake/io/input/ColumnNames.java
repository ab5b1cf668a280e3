package dev.playlistlake.io.input;

import dev.playlistlake.model.ForeignText;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of columns and of JSON fields, in any case and with any blanks, underscores and hyphens.
 */
final class ColumnNames {
  private static final Pattern OF_PLAYLISTS =
      Pattern.compile("(?:spotify)?playlists?(?:spotify)?(?:id|uri|url|link|href)");
  private static final Pattern GENERAL =
      Pattern.compile("(?:spotify)?(?:id|uri|url|link|href)|(?:spotify)?playlists?");
  private static final Set<String> OF_TRACKS =
      Set.of("trackname", "tracktitle", "trackuri", "trackid", "trackurl", "spotifytrackid");

  private ColumnNames() {}

  /** Whether it can only be a playlist's id, URI or URL. */
  static boolean isOfPlaylists(String name) {
    return OF_PLAYLISTS.matcher(plain(name)).matches();
  }

  /** Whether it may be that of a playlist, or of anything else. */
  static boolean isGeneral(String name) {
    return GENERAL.matcher(plain(name)).matches();
  }

  /** Whether it belongs to songs. */
  static boolean isOfTracks(String name) {
    return OF_TRACKS.contains(plain(name));
  }

  private static String plain(String name) {
    return ForeignText.stripped(name).toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Z}_\\-\"']", "");
  }
}
