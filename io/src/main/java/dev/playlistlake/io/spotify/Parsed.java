package dev.playlistlake.io.spotify;

/** What a subject made of an answer. */
sealed interface Parsed
    permits PlaylistJson.First, Page, DetailJson.Details, CurrentUser, ListedPlaylists {}
