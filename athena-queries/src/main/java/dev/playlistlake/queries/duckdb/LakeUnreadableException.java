package dev.playlistlake.queries.duckdb;

/** Files of the lake cannot be read; the message is one sentence. */
public final class LakeUnreadableException extends Exception {
  public LakeUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
