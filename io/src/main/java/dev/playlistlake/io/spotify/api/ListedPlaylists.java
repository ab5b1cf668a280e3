package dev.playlistlake.io.spotify.api;

import java.util.List;

/**
 * A page of {@code GET /v1/me/playlists}.
 *
 * @param total how many playlists there are, according to Spotify
 * @param count how many entries the page has, unreadable ones included
 * @param playlists the entries that identify a playlist
 * @param invalid what the others have instead of an id
 */
public record ListedPlaylists(
    int total, int count, List<PlaylistJson.First> playlists, List<String> invalid)
    implements Paged {
  public ListedPlaylists {
    playlists = List.copyOf(playlists);
    invalid = List.copyOf(invalid);
  }
}
