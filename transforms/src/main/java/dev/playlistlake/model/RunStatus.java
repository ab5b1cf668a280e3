package dev.playlistlake.model;

/** The verdict on a run; column {@code run.status}. */
public enum RunStatus {
  PUBLISHED,
  AUDIT_FAILED,
  NOT_AUTHORISED
}
