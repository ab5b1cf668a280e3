package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.model.SubjectType;
import java.io.Serializable;

/**
 * Which details are fetched.
 *
 * @param albums label, popularity, UPC
 * @param artists genres, popularity, followers, image
 * @param alsoOneByOne whether to fetch one by one if this app may not request batches
 */
public record Enrichment(boolean albums, boolean artists, boolean alsoOneByOne)
    implements Serializable {

  public boolean wants(SubjectType kind) {
    return switch (kind) {
      case ALBUM -> albums;
      case ARTIST -> artists;
      case PLAYLIST, ITEM -> false;
    };
  }
}
