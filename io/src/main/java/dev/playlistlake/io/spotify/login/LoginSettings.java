package dev.playlistlake.io.spotify.login;

import dev.playlistlake.io.spotify.http.HttpSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * How a user is asked to let this program in.
 *
 * @param apiUrl scheme, host and port of the Web API
 * @param accountsUrl scheme, host and port of the accounts service
 * @param clientId the app's, which is no secret
 * @param port of 127.0.0.1, where the answer comes; 0 for any that is free
 * @param liked whether liked songs are to be read too
 * @param timeout how long the user may take
 * @param afterwards how long whoever calls again is told that all is said
 * @param clock by which the grant is dated
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

  /** For a few requests, one after the other. */
  HttpSettings http() {
    return new HttpSettings(apiUrl, accountsUrl, 1, CONNECT_TIMEOUT, RESPONSE_TIMEOUT);
  }
}
