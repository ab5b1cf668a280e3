package dev.playlistlake.io.spotify;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one access token that all threads share: fetched when first needed, renewed once for all
 * shortly before its end or when Spotify refuses it.
 */
final class Session {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final SpotifyClient client;
  private final CredentialsRef reference;
  private final Clock clock;
  private @Nullable Credentials credentials;
  private SpotifyClient.@Nullable Token token;

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
  synchronized String accessToken() throws SignInException, IOException {
    SpotifyClient.Token held = token;
    if (held == null || !clock.instant().isBefore(held.endsAt().minus(MARGIN))) {
      held = renew();
    }
    return held.value();
  }

  /** Says that Spotify refused a token; the next caller gets another one. */
  synchronized void refused(String accessToken) throws SignInException, IOException {
    SpotifyClient.Token held = token;
    if (held != null && held.value().equals(accessToken)) {
      renew();
    }
  }

  private SpotifyClient.Token renew() throws SignInException, IOException {
    Credentials known = credentials;
    if (known == null) {
      known = reference.resolve(System::getenv);
      credentials = known;
    }
    String refreshToken = token == null ? known.refreshToken() : token.refreshToken();
    SpotifyClient.Token renewed = client.signIn(known, refreshToken);
    token = renewed;
    return renewed;
  }
}
