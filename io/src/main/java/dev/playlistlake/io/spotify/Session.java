package dev.playlistlake.io.spotify;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one access token that all threads share: fetched when first needed, renewed once for all
 * shortly before its end or when Spotify refuses it. A sign-in that fails fails for all who wait
 * for it; one that is refused is refused for good.
 */
final class Session {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final SpotifyClient client;
  private final CredentialsRef reference;
  private final Clock clock;
  private final AtomicInteger failures = new AtomicInteger();
  private @Nullable IOException lastFailure;
  private @Nullable SignInException refusal;
  private @Nullable Credentials credentials;
  private @Nullable String refreshToken;
  private SpotifyClient.@Nullable Token token;
  private @Nullable String lastGood;

  Session(SpotifyClient client, CredentialsRef reference, Clock clock) {
    this.client = client;
    this.reference = reference;
    this.clock = clock;
  }

  /**
   * A token to ask with.
   *
   * @throws IOException where the accounts service does not answer: worth another try
   */
  String accessToken() throws SignInException, IOException {
    int failuresBefore = failures.get();
    synchronized (this) {
      SpotifyClient.Token held = token;
      if (held != null && clock.instant().isBefore(held.endsAt().minus(MARGIN))) {
        return held.value();
      }
      if (refusal != null) {
        throw refusal;
      }
      IOException failure = lastFailure;
      if (failure != null && failures.get() != failuresBefore) {
        // It failed while this thread waited for it: sixteen threads need not find out in turn.
        throw failure;
      }
      return renew().value();
    }
  }

  /** Says that Spotify took a token. */
  synchronized void worked(String accessToken) {
    lastGood = accessToken;
  }

  /**
   * Says that Spotify refused a token; whoever asks next gets a fresh one.
   *
   * @return whether it had worked before, for anybody
   */
  synchronized boolean refused(String accessToken) {
    if (token != null && token.value().equals(accessToken)) {
      token = null;
    }
    return accessToken.equals(lastGood);
  }

  private SpotifyClient.Token renew() throws SignInException, IOException {
    try {
      Credentials known = credentials;
      if (known == null) {
        known = reference.resolve(System::getenv);
        credentials = known;
        refreshToken = known.refreshToken();
      }
      SpotifyClient.Token renewed = client.signIn(known, refreshToken);
      refreshToken = renewed.refreshToken();
      token = renewed;
      return renewed;
    } catch (SignInException e) {
      refusal = e;
      throw e;
    } catch (IOException e) {
      lastFailure = e;
      failures.incrementAndGet();
      throw e;
    }
  }
}
