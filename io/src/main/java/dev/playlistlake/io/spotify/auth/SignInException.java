package dev.playlistlake.io.spotify.auth;

/** Spotify does not accept this app or user: an outcome of the run, not a bug (decision 4). */
public final class SignInException extends Exception {
  static final String INVALID_GRANT = "invalid_grant";
  static final String MISSING_CREDENTIALS = "missing_credentials";
  static final String MISSING_USER = "missing_user";
  public static final String UNAUTHORIZED = "unauthorized";

  private final String code;

  /**
   * Refused.
   *
   * @param code {@code invalid_client}, {@code invalid_grant}, ... from the accounts service, or
   *     one of the constants
   */
  public SignInException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
