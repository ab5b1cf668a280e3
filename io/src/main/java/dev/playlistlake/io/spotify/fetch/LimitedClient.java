package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.io.spotify.api.RetryAfter;
import dev.playlistlake.io.spotify.http.WebApiClient;
import dev.playlistlake.io.spotify.rate.RateLimiter;
import dev.playlistlake.model.Reason;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request when the rate limiter and the budget of the run allow it, and passes the wait
 * of a 429 to both.
 */
final class LimitedClient {
  private final WebApiClient client;
  private final RateLimiter rateLimiter;
  private final RunLimits limits;
  private final FetchMetrics metrics;
  private final Duration maxRetryAfter;
  private final Clock clock;
  private final URI apiUrl;

  /**
   * A client.
   *
   * @param maxRetryAfter a 429 with a longer wait stops the run
   * @param clock measures waits
   * @param apiUrl of the Web API, for messages
   */
  LimitedClient(
      WebApiClient client,
      RateLimiter rateLimiter,
      RunLimits limits,
      FetchMetrics metrics,
      Duration maxRetryAfter,
      Clock clock,
      URI apiUrl) {
    this.client = client;
    this.rateLimiter = rateLimiter;
    this.limits = limits;
    this.metrics = metrics;
    this.maxRetryAfter = maxRetryAfter;
    this.clock = clock;
    this.apiUrl = apiUrl;
  }

  /**
   * A request that was sent.
   *
   * @param at when the rate limiter let it through
   * @param response its result
   * @param stop why the response stops the whole run, or its family of endpoints; null if it does
   *     not
   * @param failure why it is not a response of the Web API; null if it is one
   */
  record Sent(
      Instant at, RawAttempt response, @Nullable Reason stop, @Nullable NetworkFailure failure) {}

  /**
   * Sends a request once.
   *
   * @param pause how long all requests wait after a 429 without a usable Retry-After
   * @return null if no more requests may be sent, or none of this family
   * @throws InterruptedException if interrupted while waiting for the rate limiter
   */
  @Nullable Sent send(ApiRequest request, String token, Duration pause)
      throws InterruptedException {
    Instant at = rateLimiter.acquire();
    if (at == null) {
      return null;
    }
    Integer status = null;
    Reason stop = null;
    Duration throttle = null;
    try {
      if (limits.isClosed(request, clock.instant()) || !limits.spend()) {
        return null;
      }
      metrics.add(FetchMetrics.Count.REQUESTS, 1);
      AtomicReference<@Nullable NetworkFailure> failure = new AtomicReference<>();
      RawAttempt response =
          client.send(request, token, e -> failure.set(NetworkFailure.of(e, apiUrl)));
      status = response.status();
      ResponseMeaning.Kind kind = ResponseMeaning.of(status, response.body()).kind();
      if (kind == ResponseMeaning.Kind.RATE_LIMIT || kind == ResponseMeaning.Kind.QUOTA) {
        Duration wait = retryAfter(response);
        stop = stopReason(kind, wait);
        if (stop == null) {
          throttle = wait == null || wait.isZero() ? least(pause, maxRetryAfter) : wait;
        } else {
          // Before the slot is released: no other request may follow.
          end(request, response, stop, wait);
        }
      }
      NetworkFailure cause = failure.get();
      return new Sent(
          at, response, stop, cause == null ? NetworkFailure.of(response, apiUrl) : cause);
    } finally {
      if (throttle != null) {
        rateLimiter.throttled(at, throttle);
      } else if (status == null || stop != null) {
        rateLimiter.released();
      } else {
        rateLimiter.responded(at);
      }
    }
  }

  /** Stops the run, or closes the family: without a usable wait for the rest of the run. */
  private void end(ApiRequest request, RawAttempt response, Reason stop, @Nullable Duration wait) {
    Instant resumeAt = wait == null ? null : response.fetchedAt().plus(wait);
    if (!Reason.QUOTA_EXCEEDED.equals(stop)) {
      limits.stop(stop, resumeAt);
    } else if (wait == null || wait.isZero()) {
      limits.close(request, null, Instant.MAX);
    } else {
      limits.close(request, resumeAt, clock.instant().plus(wait));
    }
  }

  /** Why a 429 stops the run or its family; null if waiting is enough. */
  private @Nullable Reason stopReason(ResponseMeaning.Kind kind, @Nullable Duration wait) {
    if (kind == ResponseMeaning.Kind.QUOTA) {
      return Reason.QUOTA_EXCEEDED;
    }
    return wait != null && wait.compareTo(maxRetryAfter) > 0 ? Reason.RATE_LIMITED : null;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static @Nullable Duration retryAfter(RawAttempt response) {
    return RetryAfter.parse(response.headers().get("retry-after"), sentAt(response));
  }

  /** By Spotify's clock, to which a date in Retry-After refers; else by ours. */
  private static Instant sentAt(RawAttempt response) {
    try {
      String date = Objects.requireNonNullElse(response.headers().get("date"), "");
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return response.fetchedAt();
    }
  }

  /** The current thread has handled its last response: other threads may use the memory. */
  void handled() {
    client.handled();
  }
}
