package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.model.Reason;
import java.util.List;
import java.util.Objects;

/**
 * What one response means for the plan that requested it. A live run and a replay both use this, so
 * that a stored response counts as it did when it arrived.
 */
public sealed interface ResponseOutcome {

  /** A response that the plan could parse. */
  record Success(Parsed parsed) implements ResponseOutcome {}

  /** A refusal that a retry does not change. */
  record Refusal(Reason reason) implements ResponseOutcome {}

  /**
   * No usable response; a retry may bring one. In a replay the next stored attempt shows the
   * result.
   */
  record Failure(ResponseMeaning.Kind kind, Reason reason) implements ResponseOutcome {}

  /** Classifies a response by the table and, if that gives OK, by whether the plan can parse it. */
  static ResponseOutcome of(FetchPlan plan, ApiRequest request, RawAttempt response) {
    ResponseMeaning meaning = ResponseMeaning.of(response.status(), response.body());
    if (meaning.kind() == ResponseMeaning.Kind.OK) {
      try {
        return new Success(plan.parse(request, response));
      } catch (MalformedResponseException e) {
        return new Failure(ResponseMeaning.Kind.RETRY, Reason.MALFORMED_ANSWER);
      }
    }
    Reason reason = Objects.requireNonNull(meaning.reason());
    return meaning.kind() == ResponseMeaning.Kind.REFUSED
        ? new Refusal(reason)
        : new Failure(meaning.kind(), reason);
  }

  /**
   * Passes stored attempts to a plan, as when they arrived. One that was retried has no effect, nor
   * has a refusal after which the request was sent once more.
   */
  static void replay(FetchPlan plan, List<RawAttempt> attempts) {
    for (int i = 0; i < attempts.size(); i++) {
      RawAttempt attempt = attempts.get(i);
      ApiRequest request = ApiRequest.parse(attempt.request());
      ResponseOutcome outcome = of(plan, request, attempt);
      if (outcome instanceof Success success) {
        plan.succeeded(request, attempt, success.parsed());
      } else if (outcome instanceof Refusal refusal && !isSentAgain(attempts, i)) {
        plan.refused(request, refusal.reason(), attempt.fetchedAt());
      }
    }
  }

  private static boolean isSentAgain(List<RawAttempt> attempts, int index) {
    if (index + 1 == attempts.size()) {
      return false;
    }
    RawAttempt next = attempts.get(index + 1);
    return next.role() == RawAttempt.Role.AGAIN
        && next.request().equals(attempts.get(index).request());
  }
}
