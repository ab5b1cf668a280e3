package dev.playlistlake.io.spotify;

/** The user whose token it is, from {@code GET /v1/me}. */
record CurrentUser(String id) implements Parsed {}
