package dev.playlistlake.io.spotify.login;

/** A sign-in that led to nothing, in words for the user and without a secret. */
public final class LoginException extends Exception {
  LoginException(String message) {
    super(message);
  }

  /** The same where there are words. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
