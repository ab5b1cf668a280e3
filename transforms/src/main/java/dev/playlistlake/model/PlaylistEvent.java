package dev.playlistlake.model;

import org.jspecify.annotations.Nullable;

/** A row of {@code playlist_event}; the columns are described in {@code playlist_event.avsc}. */
public record PlaylistEvent(
    String playlistId,
    int eventSeq,
    EventType eventType,
    @Nullable String trackId,
    @Nullable String itemUri,
    @Nullable String itemName,
    @Nullable Integer positionBefore,
    @Nullable Integer positionAfter,
    @Nullable String valueBefore,
    @Nullable String valueAfter,
    @Nullable String previousIngestDate) {}
