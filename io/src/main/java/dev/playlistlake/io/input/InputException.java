package dev.playlistlake.io.input;

/** What the user gave cannot be used; the message says what to do. */
public final class InputException extends Exception {
  public InputException(String message) {
    super(message);
  }
}
