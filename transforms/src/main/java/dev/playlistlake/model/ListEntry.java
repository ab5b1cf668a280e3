package dev.playlistlake.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the playlist list.
 *
 * @param index 0-based place in the list, duplicates and comments not counted
 * @param given the entry as written, at most 500 characters of it
 * @param playlistId the id it means; null where it means none
 */
public record ListEntry(int index, String given, @Nullable String playlistId)
    implements Serializable {}
