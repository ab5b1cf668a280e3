package dev.playlistlake.io.spotify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.lake.RawAttempt;
import dev.playlistlake.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks until there is an answer, a refusal, or no point in asking on: at most five attempts, each
 * through the gate and from the budget, full-jitter backoff between them.
 */
final class Retrying {
  private static final int MOST_ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final String QUOTA = "QUOTA_EXCEEDED";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SpotifyClient client;
  private final Session session;
  private final Gate gate;
  private final Asked asked;
  private final Duration maxRetryAfter;
  private final Sleeper sleeper;
  private final RandomGenerator random;

  Retrying(
      SpotifyClient client,
      Session session,
      Gate gate,
      Asked asked,
      Duration maxRetryAfter,
      Sleeper sleeper,
      RandomGenerator random) {
    this.client = client;
    this.session = session;
    this.gate = gate;
    this.asked = asked;
    this.maxRetryAfter = maxRetryAfter;
    this.sleeper = sleeper;
    this.random = random;
  }

  /**
   * What came of a request. Exactly one of the last three says how it ended.
   *
   * @param attempts all of them, the failed ones too
   * @param parsed the answer, understood
   * @param refusedWith the status of an answer that asking again does not change
   * @param reason why there is no answer
   */
  record Reply(
      List<RawAttempt> attempts,
      @Nullable Parsed parsed,
      @Nullable Integer refusedWith,
      @Nullable Reason reason) {

    RawAttempt last() {
      return attempts.get(attempts.size() - 1);
    }
  }

  Reply ask(Subject subject, ApiRequest request) throws InterruptedException {
    List<RawAttempt> attempts = new ArrayList<>();
    Reason reason = Reason.TIMEOUT;
    boolean refusedToken = false;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      if (attempt > 1 && reason != Reason.RATE_LIMITED && !refusedToken) {
        sleeper.sleep(pause(attempt - 1));
      }
      String token;
      try {
        token = session.accessToken();
      } catch (SignInException e) {
        asked.refuse(e);
        return new Reply(attempts, null, null, Reason.FORBIDDEN);
      } catch (IOException e) {
        reason = Reason.TIMEOUT;
        continue;
      }
      gate.enter();
      if (!asked.spend()) {
        gate.leave();
        return new Reply(
            attempts, null, null, Objects.requireNonNullElse(asked.stoppedBy(), reason));
      }
      RawAttempt answer = client.ask(request, token);
      attempts.add(answer);
      Integer status = answer.status();
      if (status != null && status == 429) {
        Duration wait = retryAfter(answer);
        Reason stop = stopReason(answer, wait);
        gate.refused(stop == null && wait != null ? wait : Duration.ZERO);
        if (stop != null) {
          asked.stop(stop, wait == null ? null : answer.fetchedAt().plus(wait));
          return new Reply(attempts, null, null, stop);
        }
        if (wait == null) {
          sleeper.sleep(pause(attempt));
        }
        reason = Reason.RATE_LIMITED;
        continue;
      }
      gate.leave();
      if (status == null) {
        reason = Reason.TIMEOUT;
      } else if (status >= 500) {
        reason = Reason.SERVER_ERROR;
      } else if (status == 401) {
        if (refusedToken || !renewed(token)) {
          asked.refuse(
              new SignInException(
                  SignInException.UNAUTHORIZED, "Spotify refuses a token that it has just given"));
          return new Reply(attempts, null, null, Reason.FORBIDDEN);
        }
        refusedToken = true;
        continue;
      } else if (status != 200) {
        return new Reply(attempts, null, status, null);
      } else {
        try {
          return new Reply(attempts, subject.understand(request, answer), null, null);
        } catch (MalformedAnswerException e) {
          reason = Reason.MALFORMED_ANSWER;
        }
      }
      refusedToken = false;
    }
    return new Reply(attempts, null, null, reason);
  }

  /** Another token for all; false where Spotify gives none. */
  private boolean renewed(String token) {
    try {
      session.refused(token);
      return true;
    } catch (SignInException e) {
      asked.refuse(e);
      return false;
    } catch (IOException e) {
      // The accounts service is away for a moment; the next attempt asks it again.
      return true;
    }
  }

  private @Nullable Reason stopReason(RawAttempt answer, @Nullable Duration wait) {
    if (QUOTA.equals(errorReason(answer))) {
      return Reason.QUOTA_EXCEEDED;
    }
    return wait != null && wait.compareTo(maxRetryAfter) > 0 ? Reason.RATE_LIMITED : null;
  }

  private static @Nullable String errorReason(RawAttempt answer) {
    try {
      JsonNode body = MAPPER.readTree(Objects.requireNonNullElse(answer.body(), ""));
      return body == null ? null : JsonFields.text(JsonFields.object(body, "error"), "reason");
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  static @Nullable Duration retryAfter(RawAttempt answer) {
    return RetryAfter.parse(answer.headers().get("retry-after"), answer.fetchedAt());
  }

  /** Full jitter: anything from nothing to a bound that doubles. */
  private Duration pause(int failures) {
    long bound =
        Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
