package dev.playlistlake.model;

import org.jspecify.annotations.Nullable;

/**
 * An order to carry rows of a playlist over from the published day before.
 *
 * @param playlistId whose
 * @param fromPosition items from this position on
 * @param rowAs the playlist's own row too, with this status; null where today's answers have one
 */
public record Carry(String playlistId, int fromPosition, @Nullable ReadStatus rowAs) {}
