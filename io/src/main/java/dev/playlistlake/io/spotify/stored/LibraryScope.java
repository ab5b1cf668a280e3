package dev.playlistlake.io.spotify.stored;

/** Which playlists of the user's library to read: flag {@code --mine}. */
public enum LibraryScope {
  /** Those that the user owns. */
  OWNED,
  /** Followed ones too. */
  ALL
}
