package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.spotify.auth.SignInException;
import dev.playlistlake.model.FetchReport;
import dev.playlistlake.model.RateLimiterSnapshot;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all threads of a run share: the budget, and whether anybody may still ask. */
public final class RunLimits {
  private final @Nullable Long budget;
  private long spent;
  private @Nullable Reason stoppedBy;
  private @Nullable Instant resumeAt;
  private @Nullable String refusal;
  private RateLimiterSnapshot gate;

  public RunLimits(@Nullable Long budget, FetchReport before) {
    this.budget = budget;
    this.spent = before.requests();
    this.stoppedBy = before.stoppedBy();
    this.resumeAt = before.resumeAt();
    this.refusal = before.refusal();
    this.gate = before.gate();
  }

  /** Bounds how long nobody may ask on account of what was learned before. */
  synchronized void closedAtMost(Instant latest) {
    gate = gate.closedAtMost(latest);
  }

  /**
   * Whether a request may be sent now: it finds a place in the budget, and nobody wants the process
   * to stop. If not, asking has ended from here on, and says why: only who still has something to
   * ask may call this.
   */
  public synchronized boolean mayAsk() {
    if (budget != null && spent >= budget) {
      stop(Reason.BUDGET_SPENT, null);
    } else if (StopRequest.isRaised()) {
      stop(Reason.INTERRUPTED, null);
    }
    return !isOver();
  }

  /** Takes one request from the budget; false where there is none left or asking has ended. */
  synchronized boolean spend() {
    if (!mayAsk()) {
      return false;
    }
    spent++;
    return true;
  }

  /** Ends the asking of the whole run; the first reason counts. */
  public synchronized void stop(Reason reason, @Nullable Instant until) {
    if (stoppedBy == null) {
      stoppedBy = reason;
      resumeAt = until;
    }
  }

  /** Spotify does not let us in: nothing of this run counts. */
  synchronized void refuse(SignInException why) {
    if (refusal == null) {
      refusal = why.code();
    }
  }

  synchronized boolean isOver() {
    return stoppedBy != null || refusal != null;
  }

  /** The error code with which Spotify refused to let us in, or null. */
  public synchronized @Nullable String refusal() {
    return refusal;
  }

  public synchronized @Nullable Reason stoppedBy() {
    return stoppedBy;
  }

  public synchronized long spent() {
    return spent;
  }

  /** Keeps what the gate has learned. */
  public synchronized void learned(RateLimiterSnapshot state) {
    gate = state;
  }

  public synchronized RateLimiterSnapshot gate() {
    return gate;
  }

  public synchronized FetchReport report(List<String> missingCapabilities) {
    return new FetchReport(refusal, stoppedBy, resumeAt, spent, missingCapabilities, gate);
  }
}
