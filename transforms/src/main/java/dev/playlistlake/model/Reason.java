package dev.playlistlake.model;

/** Why something could not be had; column {@code rejected.reason}. */
public enum Reason {
  INVALID_ID("not a playlist id, URI or URL"),
  NOT_FOUND("Spotify does not know it"),
  FORBIDDEN("this app or user may not read it"),
  NOT_READABLE_BY_THIS_APP("this app may not read its items"),
  TORN_READ("it was edited again and again while it was being read"),
  MALFORMED_ANSWER("the answer could not be understood"),
  SERVER_ERROR("Spotify failed to answer (5xx)"),
  TIMEOUT("no complete answer arrived"),
  RATE_LIMITED("Spotify asked to wait, longer or more often than allowed"),
  QUOTA_EXCEEDED("the quota of the developer account is used up"),
  BUDGET_SPENT("the request budget of this run is spent"),
  INTERRUPTED("the run was asked to stop"),
  NOTHING_TO_CARRY("it leans on a day that this lake does not have"),
  ITEM_UNREADABLE("the item's answer has a wrong shape");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  /** The reason as a person would say it. */
  public String words() {
    return words;
  }
}
