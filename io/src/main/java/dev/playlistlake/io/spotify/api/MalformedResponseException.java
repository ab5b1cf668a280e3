package dev.playlistlake.io.spotify.api;

/** A response that is not JSON, or is JSON of an unknown shape. */
public final class MalformedResponseException extends Exception {
  public MalformedResponseException(String message) {
    super(message);
  }

  public MalformedResponseException(String message, Throwable cause) {
    super(message, cause);
  }
}
