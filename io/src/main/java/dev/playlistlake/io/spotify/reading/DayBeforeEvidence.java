package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.model.run.PreviousPlaylist;
import org.jspecify.annotations.Nullable;

/**
 * What a playlist's state on the day before says about today's first response (decision 33).
 *
 * @param before that state; null if there is none
 * @param isYoung whether it may stand for items that today's responses omit
 * @param isLiked whether it is a user's Liked Songs, whose version is no version of the items
 */
record DayBeforeEvidence(@Nullable PreviousPlaylist before, boolean isYoung, boolean isLiked) {
  static final DayBeforeEvidence NONE = new DayBeforeEvidence(null, false, false);

  /** Whether nothing changed since, so that the items behind the first page can be carried. */
  boolean isUnchanged(PlaylistJson.First look, Page page) {
    return isYoung && isSame(look, page);
  }

  /**
   * Whether a response is empty although there are items: by its own total, or on the day before.
   */
  boolean makesEmpty(PlaylistJson.First look, Page page) {
    boolean noItems = page.count() == 0;
    boolean noTotal = page.total() == 0 || !page.hasTotal();
    return (noItems && page.total() > 0)
        || ((noItems || noTotal) && hadItems(look) && !isSame(look, page));
  }

  private boolean hadItems(PlaylistJson.First look) {
    return before != null
        && (isLiked || before.isVersion(look.version()))
        && before.totalCount() != null
        && before.totalCount() > 0;
  }

  private boolean isSame(PlaylistJson.First look, Page page) {
    return before != null
        && before.holdsFor(look.version(), page.total())
        && before.beginsWith(page.count(), page.uris());
  }

  /** Whether the snapshot_id is that of the day before, and the items are not. */
  boolean contradicts(PlaylistJson.First look, Page page) {
    return before != null
        && !isLiked
        && before.isComplete()
        && before.isVersion(look.version())
        && !isSame(look, page);
  }
}
