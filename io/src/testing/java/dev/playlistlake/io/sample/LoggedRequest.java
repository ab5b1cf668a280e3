package dev.playlistlake.io.sample;

/**
 * A request that reached the stand-in.
 *
 * @param query as sent, not decoded; empty if there was none
 * @param status 0 until it is answered, and for good where the connection was closed instead
 * @param startNanos of {@link System#nanoTime()}, when the request had arrived
 * @param endNanos when its answer began to be sent; 0 until then
 */
public record LoggedRequest(
    String method, String path, String query, int status, long startNanos, long endNanos) {

  static final String TOKEN_PATH = "/api/token";
  private static final String CONSENT_PATH = "/authorize";

  /** Whether it asked for an access token, which real Spotify does not count. */
  public boolean isToken() {
    return path.equals(TOKEN_PATH);
  }

  /** Whether a user's browser asked for, or sent, the page on which users agree. */
  public boolean isConsent() {
    return path.equals(CONSENT_PATH);
  }

  /** Whether the accounts service was asked, and not the Web API. */
  boolean isOfAccounts() {
    return isToken() || isConsent();
  }

  public String pathAndQuery() {
    return query.isEmpty() ? path : path + '?' + query;
  }

  LoggedRequest answered(int newStatus) {
    return new LoggedRequest(method, path, query, newStatus, startNanos, System.nanoTime());
  }
}
