package dev.playlistlake.model;

/** What is missing; column {@code rejected.subject_type}, in lower case. */
public enum SubjectType {
  PLAYLIST,
  ITEM,
  ALBUM,
  ARTIST
}
