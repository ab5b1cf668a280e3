package dev.playlistlake.io.spotify.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /v1/me/playlists}.
 *
 * @param total how many playlists there are, according to Spotify
 * @param prints the id of each entry; empty for an entry without one
 * @param next where the next page begins; null if the page does not say
 * @param playlists the entries that identify a playlist
 * @param invalid what the others have instead of an id
 */
public record ListedPlaylists(
    int total,
    List<String> prints,
    @Nullable NextPage next,
    List<PlaylistJson.First> playlists,
    List<String> invalid)
    implements Paged {
  public ListedPlaylists {
    prints = List.copyOf(prints);
    playlists = List.copyOf(playlists);
    invalid = List.copyOf(invalid);
  }

  @Override
  public int count() {
    return prints.size();
  }
}
