package dev.playlistlake.io.sample;

/**
 * A request that reached the stand-in.
 *
 * @param query as sent, not decoded; empty if there is none
 * @param status of the response; 0 before it, and if the connection was closed instead
 * @param startNanos {@link System#nanoTime()} when the request arrived
 * @param endNanos {@link System#nanoTime()} when sending the response began; 0 before
 */
public record LoggedRequest(
    String method, String path, String query, int status, long startNanos, long endNanos) {

  static final String TOKEN_PATH = "/api/token";
  private static final String CONSENT_PATH = "/authorize";

  /** Whether this is a token request, which Spotify's rate limit does not count. */
  public boolean isToken() {
    return path.equals(TOKEN_PATH);
  }

  /** Whether a user's browser fetched or submitted the consent page. */
  public boolean isConsent() {
    return path.equals(CONSENT_PATH);
  }

  /** Whether this went to the accounts service, not to the Web API. */
  boolean isOfAccounts() {
    return isToken() || isConsent();
  }

  public String pathAndQuery() {
    return query.isEmpty() ? path : path + '?' + query;
  }

  /** A copy with the response's status, ending now. */
  LoggedRequest answered(int newStatus) {
    return new LoggedRequest(method, path, query, newStatus, startNanos, System.nanoTime());
  }
}
