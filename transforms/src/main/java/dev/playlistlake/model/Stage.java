package dev.playlistlake.model;

/** Where a gap was noticed; column {@code rejected.stage}. */
public enum Stage {
  LIST,
  PLAYLISTS,
  PARSE,
  DETAILS
}
