package dev.playlistlake.queries.duckdb;

/** Query and lake are fine, but this machine cannot compute the result; the message has advice. */
public final class UnansweredException extends Exception {
  UnansweredException(String message, Throwable cause) {
    super(message, cause);
  }
}
