package dev.playlistlake.io.spotify.stored;

/** Which playlists of the user's library are meant: flag {@code --mine}. */
public enum LibraryScope {
  /** Those that the user owns. */
  OWNED,
  /** The followed ones too. */
  ALL
}
