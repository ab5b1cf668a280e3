package dev.playlistlake.io.spotify.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.JsonFields;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The refusals of a run. Spotify refuses some requests that it grants a moment later, so a refusal
 * counts only if the same request is refused once more. That settles all refusals of the same kind,
 * so that 500 playlists of other people cost one confirmation (decision 34).
 */
final class Refusals {
  private static final int LONGEST_MESSAGE = 200;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Set<Kind> confirmed = new HashSet<>();
  private final Set<Kind> inProgress = new HashSet<>();

  /**
   * What refusals have in common if one settles the other.
   *
   * @param family of endpoints
   * @param message Spotify's own words
   * @param scope what else it concerns, such as the owner; null if nothing
   */
  record Kind(String family, @Nullable Integer status, String message, @Nullable String scope) {}

  /** The kind of a refusal. */
  static Kind kind(ApiRequest request, RawAttempt response, @Nullable String scope) {
    return new Kind(
        request.family(), response.status(), message(Objects.toString(response.body(), "")), scope);
  }

  private static String message(String body) {
    String message = body;
    try {
      JsonNode root = MAPPER.readTree(body);
      JsonNode error = root == null ? null : JsonFields.object(root, "error");
      message = Objects.requireNonNullElse(JsonFields.text(error, "message"), body);
    } catch (JsonProcessingException e) {
      // Plain text or a page of HTML.
    }
    return message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
  }

  /**
   * Whether the caller has to confirm a refusal by sending the request once more; it must then call
   * {@link #ended}. Waits while another thread confirms one of the same kind.
   *
   * @return false if the kind is confirmed
   * @throws InterruptedException if interrupted while waiting
   */
  synchronized boolean mustConfirm(Kind kind) throws InterruptedException {
    while (inProgress.contains(kind)) {
      wait();
    }
    return !confirmed.contains(kind) && inProgress.add(kind);
  }

  /** Ends a confirmation. */
  synchronized void ended(Kind kind, boolean isConfirmed) {
    inProgress.remove(kind);
    if (isConfirmed) {
      confirmed.add(kind);
    }
    notifyAll();
  }
}
