package dev.playlistlake.io.raw;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to the Web API and what came of it.
 *
 * @param request method, path and query, without host: {@code GET /v1/playlists/...}
 * @param status the HTTP status; null where no complete answer came
 * @param fetchedAt when the answer was complete, or given up, to the microsecond
 * @param headers the few that explain an answer, by lower-case name; never an authorization
 * @param body the answer to the letter, but for users who are not to be shown; null where there was
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
