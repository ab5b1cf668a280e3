package dev.playlistlake.io.spotify.http;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * How to send one request.
 *
 * @param apiUrl scheme, host and port of the Web API
 * @param accountsUrl scheme, host and port of the accounts service
 * @param connections most requests in flight
 * @param connectTimeout for a connection to be made
 * @param responseTimeout for a response to be complete, from the sending of its request
 */
public record HttpSettings(
    URI apiUrl, URI accountsUrl, int connections, Duration connectTimeout, Duration responseTimeout)
    implements Serializable {}
