package dev.playlistlake.io.spotify.users;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.transforms.Snapshot;
import java.io.Serializable;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.jspecify.annotations.Nullable;

/**
 * Shows users in a day's rows as the run's policy requires (decision 22). The run's own responses
 * are already stored that way, but rows also come from responses that another run stored, and from
 * the day before: docs/decisions/0022-users.md.
 */
public final class PseudonymizeUsers {
  private PseudonymizeUsers() {}

  /** The same rows; no step is added if users are kept as they are. */
  public static Snapshot in(Snapshot rows, UserIdPolicy policy) {
    if (policy.addedBy() == UserIdMode.KEEP) {
      return rows;
    }
    return new Snapshot(
        rows.playlists()
            .apply("Show owners", ParDo.of(new PerRowFn<>(policy, PseudonymizeUsers::owner)))
            .setCoder(new PlaylistCodec().coder()),
        rows.items()
            .apply("Show adders", ParDo.of(new PerRowFn<>(policy, PseudonymizeUsers::adder)))
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

  /** What the policy means for the rows of one table. */
  interface Shown<T> extends Serializable {
    T row(T row, UserPseudonyms ids);
  }

  /** Reads the lake's salt once per worker thread. */
  static final class PerRowFn<T> extends DoFn<T, T> {
    private final UserIdPolicy policy;
    private final Shown<T> shown;
    private transient @Nullable UserPseudonyms ids;

    PerRowFn(UserIdPolicy policy, Shown<T> shown) {
      this.policy = policy;
      this.shown = shown;
    }

    @Setup
    public void setUp() {
      ids = policy.open();
    }

    @ProcessElement
    public void process(@Element T row, OutputReceiver<T> out) {
      out.output(shown.row(row, Objects.requireNonNull(ids)));
    }
  }
}
