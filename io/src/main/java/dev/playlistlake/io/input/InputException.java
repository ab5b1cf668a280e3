package dev.playlistlake.io.input;

/** The user's input cannot be used; the message gives the remedy. */
public final class InputException extends Exception {
  public InputException(String message) {
    super(message);
  }
}
