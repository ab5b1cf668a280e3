package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.io.spotify.http.LargeBodies;
import dev.playlistlake.io.spotify.reading.ResponseOutcome;
import dev.playlistlake.model.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at one request so far. Each is compressed as soon as it arrives, and only the last
 * one keeps a large body, so that long retries of large responses do not fill the memory.
 */
final class Attempts {
  private final List<RawAttempt> attempts = new ArrayList<>();
  private final List<byte[]> compressed = new ArrayList<>();

  /**
   * The result of a request.
   *
   * @param attempts all of them, failed ones included; only the last one keeps a large body
   * @param compressed the attempts as they are stored
   * @param outcome of the last attempt, or why there are no more
   */
  record Reply(List<RawAttempt> attempts, List<byte[]> compressed, ResponseOutcome outcome) {

    /** The last attempt; there is one unless the outcome is a failure. */
    RawAttempt last() {
      return attempts.get(attempts.size() - 1);
    }

    /** The parsed response; null unless the request succeeded. */
    @Nullable Parsed parsed() {
      return outcome instanceof ResponseOutcome.Success success ? success.parsed() : null;
    }

    /** Why there is no usable response; null if there is one, or a refusal. */
    @Nullable Reason reason() {
      return outcome instanceof ResponseOutcome.Failure failure ? failure.reason() : null;
    }
  }

  boolean isEmpty() {
    return attempts.isEmpty();
  }

  void add(RawAttempt attempt) {
    dropLargeBody();
    attempts.add(attempt);
    compressed.add(RawObject.compress(attempt));
  }

  private void dropLargeBody() {
    int last = attempts.size() - 1;
    String body = attempts.isEmpty() ? null : attempts.get(last).body();
    if (body != null && body.length() > LargeBodies.SMALL) {
      attempts.set(last, attempts.get(last).withoutBody());
    }
  }

  Reply reply(ResponseOutcome outcome) {
    return new Reply(attempts, compressed, outcome);
  }

  /**
   * No attempt is left. The kind says whether all of them were refused for the rate alone: a
   * removed endpoint may answer so from its first request.
   */
  Reply exhausted(Reason reason) {
    boolean byRate =
        !attempts.isEmpty()
            && attempts.stream()
                .map(attempt -> ResponseMeaning.of(attempt.status(), attempt.body()).kind())
                .allMatch(kind -> kind == ResponseMeaning.Kind.RATE_LIMIT);
    return byRate
        ? reply(new ResponseOutcome.Failure(ResponseMeaning.Kind.RATE_LIMIT, reason))
        : failed(reason);
  }

  Reply failed(Reason reason) {
    return reply(new ResponseOutcome.Failure(ResponseMeaning.Kind.RETRY, reason));
  }
}
