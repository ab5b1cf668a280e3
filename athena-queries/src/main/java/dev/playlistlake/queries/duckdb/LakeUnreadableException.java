package dev.playlistlake.queries.duckdb;

/** Files of the lake cannot be read, in one sentence. */
public final class LakeUnreadableException extends Exception {
  public LakeUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
