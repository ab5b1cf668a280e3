package dev.playlistlake.io.spotify.login;

/** A failed sign-in; its message is for the user and contains no secret. */
public final class LoginException extends Exception {
  LoginException(String message) {
    super(message);
  }

  /** The message, never null. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
