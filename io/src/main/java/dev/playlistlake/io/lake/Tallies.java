package dev.playlistlake.io.lake;

/** Names under which the audit finds what stored answers were counted for. */
public final class Tallies {
  /** Requests that this run made. */
  public static final String REQUESTS = "requests";

  /** Playlists that were to be read and could not be, wholly. */
  public static final String PLAYLISTS_REJECTED = "playlists_rejected";

  private Tallies() {}
}
