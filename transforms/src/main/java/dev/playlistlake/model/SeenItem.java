package dev.playlistlake.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a playlist with all that its answer says of the catalog.
 *
 * @param item the slot itself
 * @param song the song in it; null unless the slot is a track
 * @param album the song's album; null where the answer names none
 * @param artists the song's and the album's artists that have an id
 */
public record SeenItem(
    PlaylistItem item, @Nullable Song song, @Nullable Album album, List<Artist> artists) {
  public SeenItem {
    artists = List.copyOf(artists);
  }
}
