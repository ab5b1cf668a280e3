package dev.playlistlake.io.publish;

import dev.playlistlake.model.EventType;
import java.util.Locale;

/** Names under which the audit finds the counts of stored responses. */
public final class Counts {
  /** Requests that this run made. */
  public static final String REQUESTS = "requests";

  /** Distinct playlists of the list. */
  static final String PLAYLISTS_LISTED = "playlists_listed";

  /** Playlists that should have been read but are missing or incomplete. */
  public static final String PLAYLISTS_REJECTED = "playlists_rejected";

  /** Playlists, and parts of the library, that were left unread because a quota is used up. */
  static final String UNREAD_BY_QUOTA = "unread_by_quota";

  /** Rejected rows of any other kind. */
  static final String OTHER_REJECTED = "other_rejected";

  /** Entries of the list that are not playlists. */
  static final String INVALID_ENTRIES = "invalid_entries";

  /** Playlists of the day before. */
  static final String PLAYLISTS_BEFORE = "playlists_before";

  /** Playlists of the day before that the user's library does not list any more. */
  public static final String PLAYLISTS_LEFT = "playlists_left";

  private Counts() {}

  /** Events of a type. */
  static String events(EventType type) {
    return "events_" + type.name().toLowerCase(Locale.ROOT);
  }
}
