package dev.playlistlake.io.spotify.api;

/** The token's user, from {@code GET /v1/me}. */
public record CurrentUser(String id) implements Parsed {}
