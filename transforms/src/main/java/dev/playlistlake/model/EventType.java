package dev.playlistlake.model;

/** What happened to a playlist since the day before; column {@code playlist_event.event_type}. */
public enum EventType {
  FIRST_SEEN,
  GONE,
  RENAMED,
  REDESCRIBED,
  ADDED,
  REMOVED,
  REORDERED
}
