package dev.playlistlake.io.spotify.api;

import dev.playlistlake.io.spotify.rate.RateLimiter;

/** An offender: data that knows when it may be sent. */
public record PacesRequests(RateLimiter limiter) {}
