package dev.playlistlake.model;

import org.jspecify.annotations.Nullable;

/**
 * An artist as a song or album references it.
 *
 * @param artistId Spotify id; null for the artist of a local file
 * @param name as in the song or album
 */
public record ArtistRef(@Nullable String artistId, @Nullable String name) {}
