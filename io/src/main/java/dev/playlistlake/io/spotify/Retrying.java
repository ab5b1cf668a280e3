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
    boolean freshToken = false;
    Duration pause = Duration.ZERO;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      if (!pause.isZero()) {
        sleeper.sleep(pause);
      }
      pause = pause(attempt);
      if (!asked.mayAsk()) {
        return stopped(attempts, reason);
      }
      String token;
      try {
        token = session.accessToken();
      } catch (SignInException e) {
        asked.refuse(e);
        return stopped(attempts, reason);
      } catch (IOException e) {
        reason = Reason.TIMEOUT;
        continue;
      }
      RawAttempt answer = send(request, token);
      if (answer == null) {
        return stopped(attempts, reason);
      }
      attempts.add(answer);
      Integer status = answer.status();
      if (status == null) {
        reason = Reason.TIMEOUT;
      } else if (status == 429) {
        Duration wait = retryAfter(answer);
        Reason stop = stopReason(answer, wait);
        if (stop != null) {
          asked.stop(stop, wait == null ? null : answer.fetchedAt().plus(wait));
          return new Reply(attempts, null, null, stop);
        }
        reason = Reason.RATE_LIMITED;
        // The gate keeps everybody waiting for as long as Spotify says.
        pause = wait == null ? pause : Duration.ZERO;
      } else if (status >= 500) {
        reason = Reason.SERVER_ERROR;
      } else if (status == 401) {
        if (freshToken) {
          asked.refuse(
              new SignInException(
                  SignInException.UNAUTHORIZED, "Spotify refuses a token that it has just given"));
          return stopped(attempts, reason);
        }
        session.refused(token);
        freshToken = true;
        pause = Duration.ZERO;
      } else if (status != 200) {
        return new Reply(attempts, null, status, null);
      } else {
        try {
          return new Reply(attempts, subject.understand(request, answer), null, null);
        } catch (MalformedAnswerException e) {
          reason = Reason.MALFORMED_ANSWER;
        }
      }
    }
    return new Reply(attempts, null, null, reason);
  }

  /** Nobody may ask any more; where that is for want of a sign-in, the reason does not matter. */
  private Reply stopped(List<RawAttempt> attempts, Reason otherwise) {
    return new Reply(
        attempts, null, null, Objects.requireNonNullElse(asked.stoppedBy(), otherwise));
  }

  /** One request through the gate and from the budget; null where it may not be sent any more. */
  private @Nullable RawAttempt send(ApiRequest request, String token) throws InterruptedException {
    gate.enter();
    Duration refusedFor = null;
    try {
      if (!asked.spend()) {
        return null;
      }
      RawAttempt answer = client.ask(request, token);
      Integer status = answer.status();
      if (status != null && status == 429) {
        Duration wait = retryAfter(answer);
        boolean worthWaiting = wait != null && stopReason(answer, wait) == null;
        refusedFor = worthWaiting ? wait : Duration.ZERO;
      }
      return answer;
    } finally {
      if (refusedFor == null) {
        gate.leave();
      } else {
        gate.refused(refusedFor);
      }
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
