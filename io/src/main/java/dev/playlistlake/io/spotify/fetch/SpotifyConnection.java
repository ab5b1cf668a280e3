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
import java.util.concurrent.TimeUnit;

/**
 * Spotify as one run asks it: one client and one token. Opened by the worker that asks, from a
 * factory that travels there without any secret.
 */
public final class SpotifyConnection implements AutoCloseable {
  private final SpotifySettings settings;
  private final SpotifyTransport transport;
  private final WebApiClient client;
  private final AccessTokens session;
  private final Clock steady;
  private final Sleeper sleeper;
  private final boolean inPipeline;
  private final FetchMetrics numbers = new FetchMetrics();

  /** Opens the source where it is needed. */
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
    this.session =
        new AccessTokens(new AccountsClient(transport), settings.credentials(), clock, steady);
    settings.live().show(numbers.byName());
  }

  /** The real one. */
  public static Factory of(SpotifySettings settings) {
    return () -> open(settings, settings.clock(), new SteadyClock(), SpotifyConnection::sleep);
  }

  /** The real one of who asks without a pipeline, where there are no counters to add to. */
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

  /** A round of asking that goes on where an earlier one of the same run ended. */
  public FetchLoop asking(RunLimits asked) {
    // The stage before may have run on a machine whose clock is ahead of this one's.
    asked.closedAtMost(steady.instant().plus(settings.maxRetryAfter()));
    RateLimiter gate =
        new RateLimiter(
            settings.http().connections(),
            asked::mayAsk,
            asked.gate(),
            asked::learned,
            steady,
            sleeper,
            numbers::throttled);
    RetryingClient retrying =
        new RetryingClient(
            settings, client, session, gate, asked, numbers, steady, sleeper, new Random());
    return new FetchLoop(retrying, asked, settings.http().connections());
  }

  /** Ends the asking of who asks for a user's library and has the credentials of an app alone. */
  public void refuseWithoutUser(RunLimits asked) {
    try {
      session.requireUser();
    } catch (SignInException e) {
      asked.refuse(e);
    } catch (IOException e) {
      // Whoever signs in next finds out too, and tries again.
      asked.mayAsk();
    }
  }

  /** What the asking has come to so far. */
  public FetchMetrics numbers() {
    return numbers;
  }

  /** By which waits are measured. */
  public Clock steady() {
    return steady;
  }

  @Override
  public void close() throws IOException {
    if (inPipeline) {
      numbers.addToCounters();
    }
    transport.close();
  }
}
