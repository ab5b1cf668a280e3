package dev.playlistlake.model.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An album or artist of the run, and the age of its details.
 *
 * @param id Spotify id
 * @param detailedAt when the newest detail of earlier days was fetched; null if none was
 */
public record DetailState(String id, @Nullable Instant detailedAt) {}
