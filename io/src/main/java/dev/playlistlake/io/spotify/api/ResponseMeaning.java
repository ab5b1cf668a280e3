package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a response means: the one table for a live run, a replay and a forecast (decision 4).
 *
 * <table>
 *   <caption>Status and body to kind and reason</caption>
 *   <tr><th>status</th><th>kind</th><th>reason</th></tr>
 *   <tr><td>none: no complete response</td><td>RETRY</td><td>TIMEOUT</td></tr>
 *   <tr><td>200</td><td>OK</td><td>none; MALFORMED_ANSWER if the body cannot be parsed</td></tr>
 *   <tr><td>301, 302, 303, 307, 308, 407</td><td>RETRY</td><td>MALFORMED_ANSWER</td></tr>
 *   <tr><td>401</td><td>TOKEN</td><td>MALFORMED_ANSWER</td></tr>
 *   <tr><td>403</td><td>REFUSED</td><td>FORBIDDEN</td></tr>
 *   <tr><td>404</td><td>REFUSED</td><td>NOT_FOUND</td></tr>
 *   <tr><td>408, 425</td><td>RETRY</td><td>TIMEOUT</td></tr>
 *   <tr><td>429 with QUOTA_EXCEEDED in its body</td><td>QUOTA</td><td>QUOTA_EXCEEDED</td></tr>
 *   <tr><td>429</td><td>RATE_LIMIT</td><td>RATE_LIMITED</td></tr>
 *   <tr><td>500 and above</td><td>RETRY</td><td>SERVER_ERROR</td></tr>
 *   <tr><td>all others</td><td>REFUSED</td><td>MALFORMED_ANSWER</td></tr>
 * </table>
 *
 * @param kind what to do about it
 * @param reason why it is not a usable response; null for OK
 */
public record ResponseMeaning(Kind kind, @Nullable Reason reason) {
  private static final String QUOTA = "QUOTA_EXCEEDED";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What to do about a response. */
  public enum Kind {
    /** Parse it. */
    OK,
    /** A retry does not change it. */
    REFUSED,
    /** Retry after a pause. */
    RETRY,
    /** Retry with a new access token. */
    TOKEN,
    /** Retry when Spotify allows it again. */
    RATE_LIMIT,
    /** Send no more requests of this family of endpoints: its quota is used up. */
    QUOTA
  }

  /**
   * Looks a response up in the table.
   *
   * @param status null if no complete response arrived
   * @param body read for a 429 only
   */
  public static ResponseMeaning of(@Nullable Integer status, @Nullable String body) {
    if (status == null) {
      return new ResponseMeaning(Kind.RETRY, Reason.TIMEOUT);
    } else if (status >= 500) {
      return new ResponseMeaning(Kind.RETRY, Reason.SERVER_ERROR);
    }
    return switch (status) {
      case 200 -> new ResponseMeaning(Kind.OK, null);
      // From a portal or a proxy on the way: the Web API never redirects.
      case 301, 302, 303, 307, 308, 407 -> new ResponseMeaning(Kind.RETRY, Reason.MALFORMED_ANSWER);
      case 401 -> new ResponseMeaning(Kind.TOKEN, Reason.MALFORMED_ANSWER);
      case 403 -> new ResponseMeaning(Kind.REFUSED, Reason.FORBIDDEN);
      case 404 -> new ResponseMeaning(Kind.REFUSED, Reason.NOT_FOUND);
      // Request Timeout and Too Early: RFC 9110 and RFC 8470 invite a retry.
      case 408, 425 -> new ResponseMeaning(Kind.RETRY, Reason.TIMEOUT);
      case 429 ->
          QUOTA.equals(errorReason(body))
              ? new ResponseMeaning(Kind.QUOTA, Reason.QUOTA_EXCEEDED)
              : new ResponseMeaning(Kind.RATE_LIMIT, Reason.RATE_LIMITED);
      default -> new ResponseMeaning(Kind.REFUSED, Reason.MALFORMED_ANSWER);
    };
  }

  private static @Nullable String errorReason(@Nullable String body) {
    try {
      JsonNode root = body == null ? null : MAPPER.readTree(body);
      return root == null ? null : JsonFields.text(JsonFields.object(root, "error"), "reason");
    } catch (JsonProcessingException e) {
      // An error page instead of JSON does not mention a quota.
      return null;
    }
  }
}
