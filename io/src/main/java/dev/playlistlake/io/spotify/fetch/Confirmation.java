package dev.playlistlake.io.spotify.fetch;

import org.jspecify.annotations.Nullable;

/** The confirmation of one request's refusal, among those of the run. */
final class Confirmation {
  private final Refusals refusals;
  private Refusals.@Nullable Kind inProgress;

  Confirmation(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * Whether a refusal counts only if the request is refused once more.
   *
   * @throws InterruptedException if interrupted while another request confirms the same
   */
  boolean isNeeded(Refusals.Kind kind) throws InterruptedException {
    boolean isConfirmed = kind.equals(inProgress);
    end(isConfirmed);
    if (isConfirmed || !refusals.mustConfirm(kind)) {
      return false;
    }
    inProgress = kind;
    return true;
  }

  /** Ends what is in progress. */
  void end(boolean isConfirmed) {
    if (inProgress != null) {
      refusals.ended(inProgress, isConfirmed);
      inProgress = null;
    }
  }
}
