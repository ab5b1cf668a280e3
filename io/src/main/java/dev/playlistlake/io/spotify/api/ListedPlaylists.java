package dev.playlistlake.io.spotify.api;

import java.util.List;

/**
 * A page of {@code GET /v1/me/playlists}.
 *
 * @param total how many playlists Spotify says there are
 * @param count how many entries the page has, those that say nothing included
 * @param playlists those that say which playlist they are
 * @param invalid what others have in the place of an id
 */
public record ListedPlaylists(
    int total, int count, List<PlaylistJson.First> playlists, List<String> invalid)
    implements Paged {
  public ListedPlaylists {
    playlists = List.copyOf(playlists);
    invalid = List.copyOf(invalid);
  }
}
