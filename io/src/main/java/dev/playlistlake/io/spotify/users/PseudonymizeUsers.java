package dev.playlistlake.io.spotify.users;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.transforms.Snapshot;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * Shows users in a day's rows as the run is to show them. Answers are stored that way already; but
 * rows may also come of answers that another run has stored, and of the day before.
 */
public final class PseudonymizeUsers {
  private PseudonymizeUsers() {}

  /** The same rows; without a step more where users are kept as they are. */
  public static Snapshot in(Snapshot rows, UserIdPolicy policy) {
    if (policy.addedBy() == UserIdMode.KEEP) {
      return rows;
    }
    return new Snapshot(
        rows.playlists()
            .apply(
                "Show owners",
                ParDo.of(new PseudonymizeUsersFn<>(policy, PseudonymizeUsers::owner)))
            .setCoder(new PlaylistCodec().coder()),
        rows.items()
            .apply(
                "Show adders",
                ParDo.of(new PseudonymizeUsersFn<>(policy, PseudonymizeUsers::adder)))
            .setCoder(new PlaylistItemCodec().coder()));
  }

  private static Playlist owner(Playlist row, UserPseudonyms ids) {
    return row.withOwner(
        ids.shown(row.ownerId()),
        ids.shownName(row.ownerName(), row.ownerId()),
        ids.shownLink(row.url()));
  }

  private static PlaylistItem adder(PlaylistItem row, UserPseudonyms ids) {
    return row.withAddedBy(ids.shown(row.addedBy()));
  }
}
