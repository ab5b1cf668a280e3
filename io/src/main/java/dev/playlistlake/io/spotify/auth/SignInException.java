package dev.playlistlake.io.spotify.auth;

/** Spotify does not accept this app or user: an outcome of the run, not a bug (decision 4). */
public final class SignInException extends Exception {
  static final String INVALID_GRANT = "invalid_grant";
  static final String MISSING_CREDENTIALS = "missing_credentials";
  static final String MISSING_USER = "missing_user";
  public static final String UNAUTHORIZED = "unauthorized";

  private final String code;
  private final boolean explained;

  /**
   * Refused.
   *
   * @param code {@code invalid_client}, {@code invalid_grant}, ... from the accounts service, or
   *     one of the constants
   */
  public SignInException(String code, String message) {
    this(code, message, /* explained= */ false);
  }

  private SignInException(String code, String message, boolean explained) {
    super(message);
    this.code = code;
    this.explained = explained;
  }

  /** The refresh token is too old. */
  static SignInException expired() {
    return new SignInException(
        INVALID_GRANT,
        SignInNotices.SPOTIFY_SAYS
            + "it has expired: a token ends six months after the user agreed",
        /* explained= */ true);
  }

  /** The refresh token was withdrawn. */
  static SignInException revoked() {
    return new SignInException(
        INVALID_GRANT,
        SignInNotices.SPOTIFY_SAYS
            + "it was revoked: the user removed the app's access on"
            + " spotify.com/account/apps, or a newer token replaced this one",
        /* explained= */ true);
  }

  /** There is an app and no user. */
  static SignInException missingUser() {
    return new SignInException(MISSING_USER, "these credentials are an app's alone");
  }

  /** Whether Spotify itself gave the reason, so that no guess is needed. */
  boolean isExplained() {
    return explained;
  }

  public String code() {
    return code;
  }
}
