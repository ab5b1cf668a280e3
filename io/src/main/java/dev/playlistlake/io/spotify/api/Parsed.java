package dev.playlistlake.io.spotify.api;

/** What a subject made of an answer. */
public sealed interface Parsed
    permits PlaylistJson.First, Page, DetailJson.Details, CurrentUser, ListedPlaylists {}
