package dev.playlistlake.io.spotify.api;

/** The user whose token it is, from {@code GET /v1/me}. */
public record CurrentUser(String id) implements Parsed {}
