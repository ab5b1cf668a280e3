package dev.playlistlake.io.spotify.users;

import java.io.Serializable;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Shows the users in a row as the policy says, with the salt that lies in the lake. */
final class PseudonymizeUsersFn<T> extends DoFn<T, T> {
  private final UserIdPolicy policy;
  private final Showing<T> showing;
  private transient @Nullable UserPseudonyms ids;

  /** What it means for one table. */
  interface Showing<T> extends Serializable {
    T shown(T row, UserPseudonyms ids);
  }

  PseudonymizeUsersFn(UserIdPolicy policy, Showing<T> showing) {
    this.policy = policy;
    this.showing = showing;
  }

  @Setup
  public void setUp() {
    ids = policy.open();
  }

  @ProcessElement
  public void process(@Element T row, OutputReceiver<T> out) {
    out.output(showing.shown(row, Objects.requireNonNull(ids)));
  }
}
