package dev.playlistlake.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A playlist item with all catalog data in its response.
 *
 * @param item the item itself
 * @param song its song; null unless the item is a track
 * @param album the song's album; null if the response has none
 * @param artists the song's and the album's artists that have an id
 */
public record SeenItem(
    PlaylistItem item, @Nullable Song song, @Nullable Album album, List<Artist> artists) {
  public SeenItem {
    artists = List.copyOf(artists);
  }

  /** The same at another position. */
  public SeenItem at(int position) {
    return new SeenItem(item.at(position), song, album, artists);
  }
}
