package dev.playlistlake.io.spotify.rate;

import dev.playlistlake.io.spotify.api.ApiRequest;

/** An offender: a rate limiter that looks at what it lets pass. */
public record KnowsSpotify(ApiRequest request) {}
