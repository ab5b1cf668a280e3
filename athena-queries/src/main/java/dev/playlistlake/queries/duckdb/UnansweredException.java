package dev.playlistlake.queries.duckdb;

/** Question and lake are well, but this machine cannot work the answer out; says what to do. */
public final class UnansweredException extends Exception {
  UnansweredException(String message, Throwable cause) {
    super(message, cause);
  }
}
