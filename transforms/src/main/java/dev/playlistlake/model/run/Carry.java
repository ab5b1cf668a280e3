package dev.playlistlake.model.run;

import dev.playlistlake.model.ReadStatus;
import org.jspecify.annotations.Nullable;

/**
 * An order to carry over a playlist's rows from the previous published day (decision 14).
 *
 * @param playlistId of the playlist
 * @param fromPosition items from this position on
 * @param rowAs status for the playlist's own carried row; null if today's responses have that row
 */
public record Carry(String playlistId, int fromPosition, @Nullable ReadStatus rowAs) {}
