package dev.playlistlake.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An album or artist of the run, and how old what is known of it is.
 *
 * @param id Spotify id
 * @param detailedAt when the newest detail that earlier days tell was fetched; null where none was
 */
public record DetailState(String id, @Nullable Instant detailedAt) {}
