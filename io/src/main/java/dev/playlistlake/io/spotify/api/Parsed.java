package dev.playlistlake.io.spotify.api;

/** What a plan parsed from a response. */
public sealed interface Parsed permits PlaylistJson.First, Paged, DetailJson.Details, CurrentUser {}
