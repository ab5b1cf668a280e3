package dev.playlistlake.io.raw;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to the Web API and its result.
 *
 * @param request method, path and query, without host: {@code GET /v1/playlists/...}
 * @param status the HTTP status; null if no complete response came
 * @param fetchedAt when the response was complete, or the attempt ended, to the microsecond
 * @param headers the few that explain a response, by lower-case name; never an authorization
 * @param body the response unchanged, except for users that must not be shown; null if there was
 *     none
 * @param role what the plan sent the request for; null in objects of earlier versions
 */
public record RawAttempt(
    String request,
    @Nullable Integer status,
    Instant fetchedAt,
    Map<String, String> headers,
    @Nullable String body,
    @Nullable Role role) {
  public RawAttempt {
    headers = Map.copyOf(headers);
  }

  /** An attempt whose role is not known. */
  public RawAttempt(
      String request,
      @Nullable Integer status,
      Instant fetchedAt,
      Map<String, String> headers,
      @Nullable String body) {
    this(request, status, fetchedAt, headers, body, null);
  }

  /**
   * What a request is for: shows a replay which responses belong together without the reasons that
   * a live run had, such as the state of the day before (decision 33).
   */
  public enum Role {
    /** Opens the first pass over a subject. */
    FIRST,
    /** A page of the current pass. */
    PAGE,
    /** The first request once more, to prove that nothing changed during the pass. */
    CONFIRM,
    /**
     * Once more because the response before cannot count by itself: a refusal to be confirmed, or
     * the first request of another pass.
     */
    AGAIN;

    /** As it is stored. */
    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The role that is stored so; null if there is none. */
    static @Nullable Role of(@Nullable String stored) {
      return Arrays.stream(values())
          .filter(role -> role.stored().equals(stored))
          .findFirst()
          .orElse(null);
    }
  }

  /** A copy with the role. */
  public RawAttempt withRole(Role newRole) {
    return new RawAttempt(request, status, fetchedAt, headers, body, newRole);
  }

  /** A copy without the body. */
  public RawAttempt withoutBody() {
    return new RawAttempt(request, status, fetchedAt, headers, null, role);
  }
}
