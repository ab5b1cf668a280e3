package dev.playlistlake.model;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Why something is missing; column {@code rejected.reason}. A reason from another version is kept
 * unchanged (decision 4).
 */
public record Reason(String name) implements Serializable {
  private static final Map<String, String> WORDS = new HashMap<>();

  public static final Reason INVALID_ID = known("INVALID_ID", "not a playlist id, URI or URL");
  public static final Reason NOT_FOUND = known("NOT_FOUND", "Spotify does not know it");
  public static final Reason FORBIDDEN = known("FORBIDDEN", "this app or user may not read it");
  public static final Reason NOT_READABLE_BY_THIS_APP =
      known("NOT_READABLE_BY_THIS_APP", "this app may not read its items");
  public static final Reason TORN_READ =
      known("TORN_READ", "it was edited again and again while it was being read");
  public static final Reason CONTRADICTORY_RESPONSE =
      known("CONTRADICTORY_RESPONSE", "Spotify's responses contradict each other");
  public static final Reason MALFORMED_ANSWER =
      known("MALFORMED_ANSWER", "the answer could not be understood");
  public static final Reason SERVER_ERROR = known("SERVER_ERROR", "Spotify failed to answer (5xx)");
  public static final Reason TIMEOUT = known("TIMEOUT", "no complete answer arrived");
  public static final Reason RATE_LIMITED =
      known("RATE_LIMITED", "Spotify asked to wait, longer or more often than allowed");
  public static final Reason QUOTA_EXCEEDED =
      known("QUOTA_EXCEEDED", "Spotify's quota for this kind of request is used up");
  public static final Reason BUDGET_SPENT =
      known("BUDGET_SPENT", "the request budget of this run is spent");
  public static final Reason INVALID_GRANT =
      known("INVALID_GRANT", "Spotify refused the sign-in in the middle of the run");
  public static final Reason INTERRUPTED = known("INTERRUPTED", "the run was asked to stop");
  public static final Reason NOTHING_TO_CARRY =
      known("NOTHING_TO_CARRY", "it leans on a day that this lake does not have");
  public static final Reason ITEM_UNREADABLE =
      known("ITEM_UNREADABLE", "the item's answer has a wrong shape");

  private static Reason known(String name, String words) {
    WORDS.put(name, words);
    return new Reason(name);
  }

  /** The reason in plain English; its name if this version does not know it. */
  public String words() {
    return WORDS.getOrDefault(name, name);
  }

  @Override
  public String toString() {
    return name;
  }
}
