package dev.playlistlake.io.spotify.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of something that Spotify lists in pages. */
public sealed interface Paged extends Parsed permits Page, ListedPlaylists {
  /** How many entries all pages have, according to Spotify. */
  int total();

  /** How many entries this page holds, readable or not. */
  int count();

  /** What identifies each entry: equal for the same entry in another response. */
  List<?> prints();

  /** Where the next page begins; null if the page does not say. */
  @Nullable NextPage next();
}
