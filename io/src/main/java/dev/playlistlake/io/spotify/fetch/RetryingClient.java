package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.KnownRefusal;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.io.spotify.auth.AccessTokens;
import dev.playlistlake.io.spotify.auth.SignInException;
import dev.playlistlake.io.spotify.http.WebApiClient;
import dev.playlistlake.io.spotify.rate.RateLimiter;
import dev.playlistlake.io.spotify.rate.Sleeper;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.ResponseOutcome;
import dev.playlistlake.model.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request until there is a usable response, a refusal, or no point in a retry. At most five
 * attempts, not counting up to five refused for a token that was replaced meanwhile, with
 * full-jitter backoff between them; none starts that might not end within the retry timeout. {@link
 * ResponseMeaning} defines what each response means, {@link LimitedClient} when the next request
 * may be sent.
 */
final class RetryingClient {
  private static final int MOST_ATTEMPTS = 5;
  private static final int MOST_UNREACHED = 3;
  private static final Duration LONGEST_UNREACHED = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final SpotifySettings settings;
  private final LimitedClient client;
  private final AccessTokens tokens;
  private final RunLimits limits;
  private final FetchMetrics metrics;
  private final Refusals refusals;
  private final Clock clock;
  private final Sleeper sleeper;
  private final RandomGenerator random;

  RetryingClient(
      SpotifySettings settings,
      WebApiClient client,
      AccessTokens tokens,
      RateLimiter rateLimiter,
      RunLimits limits,
      FetchMetrics metrics,
      Refusals refusals,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random) {
    this.settings = settings;
    this.client =
        new LimitedClient(
            client,
            rateLimiter,
            limits,
            metrics,
            settings.maxRetryAfter(),
            clock,
            settings.http().apiUrl());
    this.tokens = tokens;
    this.limits = limits;
    this.metrics = metrics;
    this.refusals = refusals;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
  }

  /**
   * Fetches one response of a plan.
   *
   * @param role what the plan sends the request for; one that is sent again waits first
   * @throws InterruptedException if interrupted while waiting
   */
  Attempts.Reply fetch(FetchPlan plan, ApiRequest request, RawAttempt.Role role)
      throws InterruptedException {
    OneFetch fetch = new OneFetch(plan, request, role);
    try {
      return fetch.run();
    } finally {
      fetch.confirmation.end(/* isConfirmed= */ false);
    }
  }

  /** The current thread has handled its reply: other threads may use the memory. */
  void handled() {
    client.handled();
  }

  /** The loop over the attempts at one request. */
  private final class OneFetch {
    private final FetchPlan plan;
    private final ApiRequest request;
    private final Attempts attempts = new Attempts();
    private Reason reason = Reason.TIMEOUT;
    private @Nullable NetworkFailure cause;
    private int unauthorized;
    private int outdated;
    private Duration pause = Duration.ZERO;
    private Duration used = Duration.ZERO;
    private RawAttempt.Role role;
    private final Confirmation confirmation = new Confirmation(refusals);

    OneFetch(FetchPlan plan, ApiRequest request, RawAttempt.Role role) {
      this.plan = plan;
      this.request = request;
      this.role = role;
      if (role == RawAttempt.Role.AGAIN) {
        pause = pause(1);
      }
    }

    Attempts.Reply run() throws InterruptedException {
      for (int attempt = 1; attempt <= MOST_ATTEMPTS + outdated; attempt++) {
        used = used.plus(pause);
        if (attempt > 1 && mightEndTooLate()) {
          break;
        }
        // Before any wait: other threads need this memory.
        client.handled();
        sleep(pause);
        pause = pause(attempt);
        if (isClosed() || !limits.maySend()) {
          return stopped();
        }
        String token;
        Instant begun = clock.instant();
        try {
          token = tokens.accessToken();
        } catch (SignInException e) {
          limits.refuse(e);
          return stopped();
        } catch (IOException e) {
          reason = Reason.TIMEOUT;
          used = used.plus(Duration.between(begun, clock.instant()));
          cause = NetworkFailure.ofToken(e, settings.http().accountsUrl());
          if (isOutOfReach(attempt)) {
            break;
          }
          continue;
        }
        LimitedClient.Sent sent = client.send(request, token, pause);
        if (sent == null) {
          return stopped();
        }
        take(sent);
        ResponseOutcome outcome = ResponseOutcome.of(plan, request, sent.response());
        if (outcome instanceof ResponseOutcome.Refusal refusal
            && !plan.confirmsItself(request, refusal.reason())
            && isUnconfirmed(sent.response())) {
          role = RawAttempt.Role.AGAIN;
          reason = refusal.reason();
          continue;
        }
        if (!(outcome instanceof ResponseOutcome.Failure failure)) {
          return ended(outcome, sent);
        } else if (sent.stop() != null) {
          return attempts.failed(sent.stop());
        }
        prepareRetry(failure, token);
        if (isOutOfReach(attempt)) {
          break;
        }
      }
      return givenUp();
    }

    private boolean isUnconfirmed(RawAttempt response) throws InterruptedException {
      // Before any wait: other threads need this memory.
      client.handled();
      return confirmation.isNeeded(Refusals.kind(request, response, plan.refusalScope(request)));
    }

    private boolean isClosed() {
      return limits.isClosed(request, clock.instant());
    }

    /**
     * A usable response, or a refusal; one that would meet every request does not count as either.
     */
    private Attempts.Reply ended(ResponseOutcome outcome, LimitedClient.Sent sent) {
      RawAttempt response = sent.response();
      Optional<KnownRefusal> known = KnownRefusal.of(response.status(), response.body());
      if (known.isPresent()) {
        limits.refused(request, known.get());
      } else if (sent.failure() != null && outcome instanceof ResponseOutcome.Refusal refusal) {
        limits.unanswered(request, refusal.reason(), sent.failure());
      } else {
        limits.succeeded();
      }
      return attempts.reply(outcome);
    }

    private Attempts.Reply givenUp() {
      if (unauthorized > 0 && reason.equals(Reason.FORBIDDEN)) {
        limits.unauthorized(request);
      } else if (cause != null) {
        limits.unanswered(request, reason, cause);
      }
      // A batch is a way of asking, not what is asked for.
      boolean isBatch = request instanceof ApiRequest.DetailBatch;
      return attempts.exhausted(
          isBatch && reason.equals(Reason.FORBIDDEN) ? Reason.MALFORMED_ANSWER : reason);
    }

    /**
     * Whether this run need not try any longer: nothing has responded yet, and no connection comes
     * about. Three attempts within some ten seconds outlast a moment's trouble.
     */
    private boolean isOutOfReach(int attempt) {
      if (cause == null || !cause.problem().isBeforeConnecting() || limits.hasReached()) {
        return false;
      }
      pause = settings.firstPause().multipliedBy(2L * attempt);
      return attempt >= MOST_UNREACHED || (attempt > 1 && used.compareTo(LONGEST_UNREACHED) >= 0);
    }

    private boolean mightEndTooLate() {
      Duration withNext = used.plus(settings.http().responseTimeout());
      return withNext.compareTo(settings.retryTimeout()) > 0;
    }

    private void take(LimitedClient.Sent sent) {
      if (!attempts.isEmpty()) {
        metrics.add(FetchMetrics.Count.RETRIES, 1);
      }
      attempts.add(sent.response().withRole(role));
      used = used.plus(Duration.between(sent.at(), clock.instant()));
      cause = sent.failure();
      if (cause == null) {
        limits.reached();
      }
    }

    private void prepareRetry(ResponseOutcome.Failure failure, String token) {
      reason = failure.reason();
      if (failure.kind() == ResponseMeaning.Kind.RATE_LIMIT) {
        // The rate limiter makes all requests wait, including this one.
        pause = Duration.ZERO;
      } else if (failure.kind() == ResponseMeaning.Kind.TOKEN) {
        reason = Reason.FORBIDDEN;
        if (!tokens.refused(token, settings.firstPause()) && outdated < MOST_ATTEMPTS) {
          // Another request has found it expired before: this says nothing of the subject.
          outdated++;
        }
        // It has expired, most likely. Good tokens are refused too, for some seconds.
        pause = settings.firstPause().multipliedBy(2L * unauthorized);
        unauthorized++;
      }
    }

    /** No request may be sent any more; if the sign-in is refused, the reason does not matter. */
    private Attempts.Reply stopped() {
      if (limits.stoppedBy() == null && isClosed()) {
        return attempts.failed(Reason.QUOTA_EXCEEDED);
      }
      return attempts.failed(Objects.requireNonNullElse(limits.stoppedBy(), reason));
    }
  }

  /** Waits, but no longer than the run may send requests. */
  private void sleep(Duration pause) throws InterruptedException {
    Duration left = pause;
    while (!left.isZero() && limits.maySend()) {
      Duration slice =
          left.compareTo(RateLimiter.LONGEST_SLEEP) < 0 ? left : RateLimiter.LONGEST_SLEEP;
      sleeper.sleep(slice);
      left = left.minus(slice);
    }
  }

  /** Full jitter: a random pause below a bound that doubles with each attempt. */
  private Duration pause(int failures) {
    long bound =
        Math.min(
            LONGEST_PAUSE.toMillis(),
            settings.firstPause().toMillis() << Math.min(failures - 1, 20));
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
