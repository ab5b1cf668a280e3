package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.ResponseOutcome;
import java.util.ArrayList;
import java.util.List;

/** A plan in progress, with the attempts that wait to be stored. */
public final class OpenFetch {
  private final FetchPlan plan;
  private final List<byte[]> attempts = new ArrayList<>();

  OpenFetch(FetchPlan plan) {
    this.plan = plan;
  }

  public FetchPlan plan() {
    return plan;
  }

  /** Whether any request was sent for it. */
  boolean hasAttempts() {
    return !attempts.isEmpty();
  }

  /** The attempts, ready to be stored. */
  public RawObject.Draft draft() {
    RawObject.Draft draft = new RawObject.Draft();
    attempts.forEach(draft::add);
    return draft;
  }

  /**
   * Takes the result of a request. Adds attempts and outcome together: the stored order of attempts
   * is the order in which the plan received them (decision 7).
   */
  void take(ApiRequest request, Attempts.Reply reply) {
    attempts.addAll(reply.compressed());
    ResponseOutcome outcome = reply.outcome();
    if (outcome instanceof ResponseOutcome.Success success) {
      plan.succeeded(request, reply.last(), success.parsed());
    } else if (outcome instanceof ResponseOutcome.Refusal refusal) {
      plan.refused(request, refusal.reason(), reply.last().fetchedAt());
    } else if (outcome instanceof ResponseOutcome.Failure failure) {
      if (reply.attempts().isEmpty()) {
        plan.notSent(request, failure.reason());
      } else if (failure.kind() == ResponseMeaning.Kind.RATE_LIMIT) {
        plan.refusedForRate(request);
      } else {
        plan.failed(request, failure.reason(), reply.last());
      }
    }
  }
}
