package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.model.SubjectType;
import java.io.Serializable;

/**
 * Which details are fetched.
 *
 * @param albums label, popularity, UPC
 * @param artists genres, popularity, followers, image
 * @param alsoOneByOne whether to fetch one by one if this app may not request batches
 * @param detailBudget most single details of a run
 */
public record Enrichment(boolean albums, boolean artists, boolean alsoOneByOne, int detailBudget)
    implements Serializable {
  /** Two thirds of the some 600 single details a day after which a quota was seen to be used up. */
  public static final int DETAIL_BUDGET = 400;

  public Enrichment(boolean albums, boolean artists, boolean alsoOneByOne) {
    this(albums, artists, alsoOneByOne, DETAIL_BUDGET);
  }

  public boolean wants(SubjectType kind) {
    return switch (kind) {
      case ALBUM -> albums;
      case ARTIST -> artists;
      case PLAYLIST, ITEM -> false;
    };
  }
}
