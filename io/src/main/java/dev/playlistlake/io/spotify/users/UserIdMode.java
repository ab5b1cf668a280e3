package dev.playlistlake.io.spotify.users;

/** How the lake treats user ids: those that added an item, and those that own a playlist. */
public enum UserIdMode {
  /** Stored as Spotify returns them. */
  KEEP,

  /** Replaced by a hash that is constant within a lake and different in every other. */
  HASH,

  /** Left out. */
  DROP
}
