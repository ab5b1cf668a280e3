package dev.playlistlake.io.spotify;

import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to ask, as it travels to the worker that asks.
 *
 * @param apiUrl scheme, host and port of the Web API
 * @param accountsUrl scheme, host and port of the accounts service
 * @param credentials where the credentials are
 * @param requestConcurrency most requests in flight
 * @param requestBudget most requests of the run, or null for no limit
 * @param maxRetryAfter the longest wait that a 429 may ask for
 * @param connectTimeout for a connection to be made
 * @param answerTimeout for an answer to be whole, from the sending of its request
 * @param retryTimeout for all attempts at one request and the pauses between them; waiting at the
 *     gate does not count
 * @param firstPause longest pause before the second attempt at a request; it doubles from then on
 * @param progress whether to say on stderr how far a long asking is
 * @param users how answers are to show users before anything else sees them
 * @param live where the numbers of an asking show while it goes on
 * @param clock by which answers are dated; a serializable one
 */
public record SpotifySettings(
    URI apiUrl,
    URI accountsUrl,
    CredentialsRef credentials,
    int requestConcurrency,
    @Nullable Long requestBudget,
    Duration maxRetryAfter,
    Duration connectTimeout,
    Duration answerTimeout,
    Duration retryTimeout,
    Duration firstPause,
    boolean progress,
    UserPolicy users,
    LiveNumbers live,
    Clock clock)
    implements Serializable {}
