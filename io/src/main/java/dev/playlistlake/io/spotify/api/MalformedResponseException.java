package dev.playlistlake.io.spotify.api;

/** An answer that is no JSON, or JSON of a shape that says nothing. */
public final class MalformedResponseException extends Exception {
  public MalformedResponseException(String message) {
    super(message);
  }

  public MalformedResponseException(String message, Throwable cause) {
    super(message, cause);
  }
}
