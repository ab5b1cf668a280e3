package dev.playlistlake.io.spotify.http;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * How to send one request.
 *
 * @param apiUrl scheme, host and port of the Web API
 * @param accountsUrl scheme, host and port of the accounts service
 * @param connections the most requests in flight
 * @param connectTimeout how long to wait for a connection
 * @param responseTimeout how long a response may take to arrive in full, from sending the request
 */
public record HttpSettings(
    URI apiUrl, URI accountsUrl, int connections, Duration connectTimeout, Duration responseTimeout)
    implements Serializable {

  /** A service for messages: its host, and its port if it is not the usual one. */
  public static String place(URI url) {
    return url.getPort() < 0 ? String.valueOf(url.getHost()) : url.getHost() + ":" + url.getPort();
  }
}
