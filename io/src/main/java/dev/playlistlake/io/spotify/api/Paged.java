package dev.playlistlake.io.spotify.api;

/** A page of something that Spotify lists in pages. */
public sealed interface Paged extends Parsed permits Page, ListedPlaylists {
  /** How many entries all pages have, according to Spotify. */
  int total();

  /** How many entries this page holds, readable or not. */
  int count();
}
