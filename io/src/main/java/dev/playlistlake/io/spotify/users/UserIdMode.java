package dev.playlistlake.io.spotify.users;

/** What becomes of the ids of users: who added an item, and who owns a playlist. */
public enum UserIdMode {
  /** Stored as Spotify tells them. */
  KEEP,

  /** Replaced by a hash that is the same in one lake and another one in every other. */
  HASH,

  /** Left out. */
  DROP
}
