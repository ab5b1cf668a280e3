package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

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

  /**
   * Whether details missing for this reason are left for a later run: they share one rejected row
   * per subject type.
   */
  public static boolean isLeftForLater(@Nullable Reason reason) {
    return Reason.BUDGET_SPENT.equals(reason) || Reason.QUOTA_EXCEEDED.equals(reason);
  }

  public boolean wants(SubjectType kind) {
    return switch (kind) {
      case ALBUM -> albums;
      case ARTIST -> artists;
      case PLAYLIST, ITEM -> false;
    };
  }
}
