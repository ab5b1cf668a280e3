package dev.playlistlake.model;

import java.io.Serializable;

/**
 * The verdict on a run; column {@code run.status}. A status from another version is kept unchanged;
 * such a run counts as not published.
 */
public record RunStatus(String name) implements Serializable {
  public static final RunStatus PUBLISHED = new RunStatus("PUBLISHED");
  public static final RunStatus AUDIT_FAILED = new RunStatus("AUDIT_FAILED");
  public static final RunStatus NOT_AUTHORISED = new RunStatus("NOT_AUTHORISED");

  /** No response of Spotify's could be had: only the run's row is written. */
  public static final RunStatus UNREACHABLE = new RunStatus("UNREACHABLE");

  @Override
  public String toString() {
    return name;
  }
}
