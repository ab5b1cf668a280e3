package dev.playlistlake.io.spotify.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.JsonFields;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.api.RetryAfter;
import dev.playlistlake.io.spotify.auth.AccessTokens;
import dev.playlistlake.io.spotify.auth.SignInException;
import dev.playlistlake.io.spotify.http.LargeBodies;
import dev.playlistlake.io.spotify.http.WebApiClient;
import dev.playlistlake.io.spotify.rate.RateLimiter;
import dev.playlistlake.io.spotify.rate.Sleeper;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.model.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks until there is an answer, a refusal, or no point in asking on: at most five attempts, each
 * through the gate and from the budget, full-jitter backoff between them, and none that might not
 * end within the time for all of them.
 */
final class RetryingClient {
  private static final int MOST_ATTEMPTS = 5;
  private static final Duration OTHERS_ANSWERS = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final String QUOTA = "QUOTA_EXCEEDED";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SpotifySettings settings;
  private final WebApiClient client;
  private final AccessTokens session;
  private final RateLimiter gate;
  private final RunLimits asked;
  private final FetchMetrics numbers;
  private final Clock clock;
  private final Sleeper sleeper;
  private final RandomGenerator random;

  RetryingClient(
      SpotifySettings settings,
      WebApiClient client,
      AccessTokens session,
      RateLimiter gate,
      RunLimits asked,
      FetchMetrics numbers,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random) {
    this.settings = settings;
    this.client = client;
    this.session = session;
    this.gate = gate;
    this.asked = asked;
    this.numbers = numbers;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
  }

  /**
   * What came of a request. Exactly one of the last three says how it ended.
   *
   * @param attempts all of them, the failed ones too; a large body is kept of the last one only
   * @param compressed the attempts as they are stored
   * @param parsed the answer, understood
   * @param refusedWith the status of an answer that asking again does not change
   * @param reason why there is no answer
   */
  record Reply(
      List<RawAttempt> attempts,
      List<byte[]> compressed,
      @Nullable Parsed parsed,
      @Nullable Integer refusedWith,
      @Nullable Reason reason) {

    RawAttempt last() {
      return attempts.get(attempts.size() - 1);
    }
  }

  Reply ask(FetchPlan subject, ApiRequest request) throws InterruptedException {
    List<RawAttempt> attempts = new ArrayList<>();
    List<byte[]> compressed = new ArrayList<>();
    Reason reason = Reason.TIMEOUT;
    boolean tokenRenewed = false;
    Duration pause = Duration.ZERO;
    Duration used = Duration.ZERO;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      used = used.plus(pause);
      if (attempt > 1
          && used.plus(settings.http().responseTimeout()).compareTo(settings.retryTimeout()) > 0) {
        break;
      }
      // Before anything that may wait: others wait for this memory.
      client.handled();
      sleep(pause);
      pause = pause(attempt);
      if (!asked.mayAsk()) {
        return stopped(attempts, compressed, reason);
      }
      String token;
      Instant begun = clock.instant();
      try {
        token = session.accessToken();
      } catch (SignInException e) {
        asked.refuse(e);
        return stopped(attempts, compressed, reason);
      } catch (IOException e) {
        reason = Reason.TIMEOUT;
        used = used.plus(Duration.between(begun, clock.instant()));
        continue;
      }
      Sent sent = send(request, token, pause);
      if (sent == null) {
        return stopped(attempts, compressed, reason);
      }
      RawAttempt answer = sent.answer();
      if (!attempts.isEmpty()) {
        numbers.add(FetchMetrics.Count.RETRIES, 1);
      }
      letGoOfLargeBody(attempts);
      attempts.add(answer);
      compressed.add(RawObject.compress(answer));
      used = used.plus(Duration.between(sent.at(), clock.instant()));
      Integer status = answer.status();
      if (status != null && status != 401) {
        session.worked(token);
      }
      if (status == null) {
        reason = Reason.TIMEOUT;
      } else if (status == 429) {
        Reason stop = stopReason(answer);
        if (stop != null) {
          return new Reply(attempts, compressed, null, null, stop);
        }
        reason = Reason.RATE_LIMITED;
        // Everybody waits at the gate, this request too.
        pause = Duration.ZERO;
      } else if (status >= 500) {
        reason = Reason.SERVER_ERROR;
      } else if (status == 401) {
        boolean hadWorked = session.refused(token);
        if (tokenRenewed && !hadWorked) {
          // Another thread's answer, which the same token got, may only just be on its way.
          sleeper.sleep(OTHERS_ANSWERS);
          hadWorked = session.hasWorked(token);
        }
        if (tokenRenewed && !hadWorked) {
          asked.refuse(
              new SignInException(
                  SignInException.UNAUTHORIZED, "Spotify refuses a token that it has just given"));
          return stopped(attempts, compressed, reason);
        }
        // It has expired, for all: the next one is fetched once.
        reason = Reason.MALFORMED_ANSWER;
        pause = tokenRenewed ? pause : Duration.ZERO;
        tokenRenewed = true;
      } else if (status != 200) {
        return new Reply(attempts, compressed, null, status, null);
      } else {
        try {
          return new Reply(attempts, compressed, subject.understand(request, answer), null, null);
        } catch (MalformedResponseException e) {
          reason = Reason.MALFORMED_ANSWER;
        }
      }
    }
    return new Reply(attempts, compressed, null, null, reason);
  }

  /** It is compressed already, and nothing more is read in it. */
  private static void letGoOfLargeBody(List<RawAttempt> attempts) {
    int last = attempts.size() - 1;
    String body = attempts.isEmpty() ? null : attempts.get(last).body();
    if (body != null && body.length() > LargeBodies.SMALL) {
      RawAttempt attempt = attempts.get(last);
      attempts.set(
          last,
          new RawAttempt(
              attempt.request(), attempt.status(), attempt.fetchedAt(), attempt.headers(), null));
    }
  }

  /** The current thread has handled its reply: others may take its memory. */
  void handled() {
    client.handled();
  }

  /** Nobody may ask any more; where that is for want of a sign-in, the reason does not matter. */
  private Reply stopped(List<RawAttempt> attempts, List<byte[]> compressed, Reason otherwise) {
    return new Reply(
        attempts, compressed, null, null, Objects.requireNonNullElse(asked.stoppedBy(), otherwise));
  }

  /** Waits, but not on when the asking is over. */
  private void sleep(Duration pause) throws InterruptedException {
    Duration left = pause;
    while (!left.isZero() && asked.mayAsk()) {
      Duration slice = least(left, RateLimiter.LONGEST_SLEEP);
      sleeper.sleep(slice);
      left = left.minus(slice);
    }
  }

  private record Sent(Instant at, RawAttempt answer) {}

  /**
   * One request through the gate and from the budget; null where it may not be sent any more.
   *
   * @param pause how long all wait where Spotify refuses without saying how long
   */
  private @Nullable Sent send(ApiRequest request, String token, Duration pause)
      throws InterruptedException {
    Instant at = gate.enter();
    if (at == null) {
      return null;
    }
    Integer status = null;
    Duration wait = null;
    try {
      if (!asked.spend()) {
        return null;
      }
      numbers.add(FetchMetrics.Count.REQUESTS, 1);
      RawAttempt answer = client.send(request, token);
      status = answer.status();
      if (status != null && status == 429) {
        Duration told = retryAfter(answer);
        Reason stop = stopReason(answer);
        if (stop == null) {
          wait = told == null || told.isZero() ? least(pause, settings.maxRetryAfter()) : told;
        } else {
          // Before the place is given back: nobody may follow.
          asked.stop(stop, told == null ? null : answer.fetchedAt().plus(told));
        }
      }
      return new Sent(at, answer);
    } finally {
      if (wait != null) {
        gate.refused(at, wait);
      } else if (status != null && status != 429) {
        gate.answered(at);
      } else {
        gate.unanswered();
      }
    }
  }

  /** Why a refusal ends the asking; null where it is only to be waited for. */
  private @Nullable Reason stopReason(RawAttempt refusal) {
    if (QUOTA.equals(errorReason(refusal))) {
      return Reason.QUOTA_EXCEEDED;
    }
    Duration wait = retryAfter(refusal);
    return wait != null && wait.compareTo(settings.maxRetryAfter()) > 0
        ? Reason.RATE_LIMITED
        : null;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static @Nullable String errorReason(RawAttempt answer) {
    try {
      JsonNode body = MAPPER.readTree(Objects.requireNonNullElse(answer.body(), ""));
      return body == null ? null : JsonFields.text(JsonFields.object(body, "error"), "reason");
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** By Spotify's clock, by which it says until when to wait; by ours where it does not say. */
  private static Instant sentAt(RawAttempt answer) {
    try {
      String date = answer.headers().get("date");
      if (date != null) {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      }
    } catch (DateTimeException e) {
      return answer.fetchedAt();
    }
    return answer.fetchedAt();
  }

  private static @Nullable Duration retryAfter(RawAttempt answer) {
    return RetryAfter.parse(answer.headers().get("retry-after"), sentAt(answer));
  }

  /** Full jitter: anything from nothing to a bound that doubles. */
  private Duration pause(int failures) {
    long bound =
        Math.min(
            LONGEST_PAUSE.toMillis(),
            settings.firstPause().toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
