package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.spotify.auth.AccessTokens;
import dev.playlistlake.io.spotify.auth.AccountsClient;
import dev.playlistlake.io.spotify.auth.SignInException;
import dev.playlistlake.io.spotify.http.SpotifyTransport;
import dev.playlistlake.io.spotify.http.WebApiClient;
import dev.playlistlake.io.spotify.rate.RateLimiter;
import dev.playlistlake.io.spotify.rate.Sleeper;
import dev.playlistlake.io.spotify.rate.SteadyClock;
import dev.playlistlake.io.spotify.users.ResponseRedactor;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Spotify as one run uses it: one client, one access token. The worker that fetches opens it from a
 * factory, which is sent there without any secret.
 */
public final class SpotifyConnection implements AutoCloseable {
  private final SpotifySettings settings;
  private final SpotifyTransport transport;
  private final WebApiClient client;
  private final AccessTokens tokens;
  private final Clock steady;
  private final Sleeper sleeper;
  private final boolean inPipeline;
  private final FetchMetrics metrics = new FetchMetrics();
  private final Refusals refusals = new Refusals();

  /** Opens the connection where it is needed. */
  public interface Factory extends Serializable {
    public SpotifyConnection open();
  }

  private SpotifyConnection(
      SpotifySettings settings, Clock clock, Clock steady, Sleeper sleeper, boolean inPipeline) {
    this.settings = settings;
    this.inPipeline = inPipeline;
    this.steady = steady;
    this.sleeper = sleeper;
    this.transport = new SpotifyTransport(settings.http());
    this.client = new WebApiClient(transport, new ResponseRedactor(settings.users().open()), clock);
    this.tokens =
        new AccessTokens(new AccountsClient(transport), settings.credentials(), clock, steady);
    settings.live().show(metrics.byName());
  }

  /** The real one. */
  public static Factory of(SpotifySettings settings) {
    return () -> open(settings, settings.clock(), new SteadyClock(), SpotifyConnection::sleep);
  }

  /** The real one outside a pipeline, without Beam counters. */
  public static SpotifyConnection withoutPipeline(SpotifySettings settings) {
    return new SpotifyConnection(
        settings,
        settings.clock(),
        new SteadyClock(),
        SpotifyConnection::sleep,
        /* inPipeline= */ false);
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  /**
   * With other clocks and another sleeper.
   *
   * @param clock gives the times that are stored
   * @param steady measures waits
   */
  public static SpotifyConnection open(
      SpotifySettings settings, Clock clock, Clock steady, Sleeper sleeper) {
    return new SpotifyConnection(settings, clock, steady, sleeper, /* inPipeline= */ true);
  }

  public SpotifySettings settings() {
    return settings;
  }

  /** A loop that continues where an earlier one of the same run ended. */
  public FetchLoop fetchLoop(RunLimits limits) {
    // The stage before may have run on a machine whose clock is ahead of this one's.
    limits.closedAtMost(steady.instant().plus(settings.maxRetryAfter()));
    RateLimiter rateLimiter =
        new RateLimiter(
            settings.http().connections(),
            limits::maySend,
            limits.rateLimiter(),
            limits::learned,
            steady,
            sleeper,
            metrics::throttled);
    RetryingClient retryingClient =
        new RetryingClient(
            settings,
            client,
            tokens,
            rateLimiter,
            limits,
            metrics,
            refusals,
            steady,
            sleeper,
            new Random());
    return new FetchLoop(retryingClient, limits, settings.http().connections());
  }

  /**
   * Refuses a run that needs a user's library but has credentials without a user.
   *
   * @param scopes the permissions that it needs, in Spotify's names
   */
  public void requireUser(RunLimits limits, Set<String> scopes) {
    try {
      tokens.requireUser(scopes);
    } catch (SignInException e) {
      limits.refuse(e);
    } catch (IOException e) {
      // Transient: the first request will retry.
      limits.maySend();
    }
  }

  /** A playlist was refused: says so if the token's permissions may be the reason. */
  public void playlistRefused() {
    tokens.playlistRefused();
  }

  /** The metrics so far. */
  public FetchMetrics metrics() {
    return metrics;
  }

  /** The clock that measures waits. */
  public Clock steady() {
    return steady;
  }

  @Override
  public void close() throws IOException {
    if (inPipeline) {
      metrics.addToCounters();
    }
    transport.close();
  }
}
