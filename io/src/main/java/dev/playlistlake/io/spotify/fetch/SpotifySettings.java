package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run fetches from Spotify, in the form sent to the worker that fetches.
 *
 * @param http how to send one request; as many are in flight as there are connections
 * @param credentials where the credentials are
 * @param requestBudget most requests of the run, or null for no limit
 * @param maxRetryAfter the longest acceptable wait of a 429
 * @param retryTimeout for all attempts at one request and the pauses between them; waiting for the
 *     rate limiter does not count
 * @param firstPause longest pause before the second attempt at a request; it doubles from then on
 * @param progress whether to report the progress of a long fetch on stderr
 * @param users how responses must show users before any other code sees them
 * @param live where metrics show during fetching
 * @param clock dates the responses; a serializable one
 */
public record SpotifySettings(
    HttpSettings http,
    CredentialsRef credentials,
    @Nullable Long requestBudget,
    Duration maxRetryAfter,
    Duration retryTimeout,
    Duration firstPause,
    boolean progress,
    UserIdPolicy users,
    LiveNumbers live,
    Clock clock)
    implements Serializable {}
