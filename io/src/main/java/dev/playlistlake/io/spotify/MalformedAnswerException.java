package dev.playlistlake.io.spotify;

/** An answer that is no JSON, or JSON of a shape that says nothing. */
final class MalformedAnswerException extends Exception {
  MalformedAnswerException(String message) {
    super(message);
  }

  MalformedAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
