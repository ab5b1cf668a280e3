package dev.playlistlake.io.spotify.login;

import dev.playlistlake.io.spotify.http.HttpSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * How to sign in a user.
 *
 * @param apiUrl scheme, host and port of the Web API
 * @param accountsUrl scheme, host and port of the accounts service
 * @param clientId the app's client id, which is not a secret
 * @param port of 127.0.0.1 for the callback; 0 for any free port
 * @param liked whether to request the scope for liked songs too
 * @param timeout how long the user may take
 * @param afterwards how long late callbacks still get a page
 * @param clock dates the grant
 */
public record LoginSettings(
    URI apiUrl,
    URI accountsUrl,
    String clientId,
    int port,
    boolean liked,
    Duration timeout,
    Duration afterwards,
    Clock clock) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

  /** Settings for a few requests in sequence. */
  HttpSettings http() {
    return new HttpSettings(apiUrl, accountsUrl, 1, CONNECT_TIMEOUT, RESPONSE_TIMEOUT);
  }
}
