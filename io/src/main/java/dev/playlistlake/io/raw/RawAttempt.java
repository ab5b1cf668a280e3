package dev.playlistlake.io.raw;

import java.time.Instant;
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
 */
public record RawAttempt(
    String request,
    @Nullable Integer status,
    Instant fetchedAt,
    Map<String, String> headers,
    @Nullable String body) {
  public RawAttempt {
    headers = Map.copyOf(headers);
  }
}
