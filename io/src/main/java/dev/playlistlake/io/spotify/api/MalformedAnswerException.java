package dev.playlistlake.io.spotify.api;

/** An answer that is no JSON, or JSON of a shape that says nothing. */
public final class MalformedAnswerException extends Exception {
  public MalformedAnswerException(String message) {
    super(message);
  }

  public MalformedAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
