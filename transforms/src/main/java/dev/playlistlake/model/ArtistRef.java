package dev.playlistlake.model;

import org.jspecify.annotations.Nullable;

/**
 * An artist as a song or album names it.
 *
 * @param artistId Spotify id; null for the artist of a local file
 * @param name as the song or album gives it
 */
public record ArtistRef(@Nullable String artistId, @Nullable String name) {}
