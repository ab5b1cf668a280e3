package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state machine for everything that is stored as one object: a playlist, or a batch of details.
 * It decides which requests to send next and takes the responses; it knows nothing of threads,
 * waits and retries (decision 7). Calls for one plan never overlap, except for {@link #parse}.
 */
public interface FetchPlan {
  /** Name of the stored object. */
  String name();

  /** Requests that can be sent now, in parallel; returns each once. */
  List<ApiRequest> next();

  /** What a request that can be sent now is for. */
  default RawAttempt.Role role(ApiRequest request) {
    return RawAttempt.Role.FIRST;
  }

  /**
   * What a refusal of the request concerns besides its endpoint: the playlist's owner for pages;
   * null if nothing. What Spotify refuses once, and once more, it refuses to all requests alike.
   */
  default @Nullable String refusalScope(ApiRequest request) {
    return null;
  }

  /** Whether the plan itself sends a refused request once more before the refusal counts. */
  default boolean confirmsItself(ApiRequest request, Reason refusal) {
    return false;
  }

  /** Requests that make sense only after all other requests of the run; returns each once. */
  default List<ApiRequest> atTheEnd() {
    return List.of();
  }

  /** Whether a returned request need not be sent any more; if so, it counts as done. */
  default boolean dropIfObsolete(ApiRequest request) {
    return false;
  }

  /**
   * Parses a 200 response; any thread may call this at any time.
   *
   * @throws MalformedResponseException if the body is not what was requested
   */
  Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException;

  /** Takes a response that {@link #parse} could parse. */
  void succeeded(ApiRequest request, RawAttempt response, Parsed parsed);

  /**
   * Takes a refusal that a retry does not change.
   *
   * @param reason by {@link dev.playlistlake.io.spotify.api.ResponseMeaning}
   * @param at when it arrived
   */
  void refused(ApiRequest request, Reason reason, Instant at);

  /** Records that no usable response came, for a reason that may be temporary. */
  void failed(ApiRequest request, Reason reason);

  /** The same, with the last of its attempts. */
  default void failed(ApiRequest request, Reason reason, RawAttempt last) {
    failed(request, reason);
  }

  /** Records that a request was not sent: the run has stopped, or its family is closed. */
  default void notSent(ApiRequest request, Reason reason) {
    failed(request, reason);
  }

  /** Records that every attempt was refused by a 429 with a short wait, and none otherwise. */
  default void refusedForRate(ApiRequest request) {
    failed(request, Reason.RATE_LIMITED);
  }

  /** How the fetch ended; null while there are requests to send or responses to await. */
  @Nullable RawOutcome outcome();

  /** Why it did not end well, or null. */
  @Nullable Reason reason();
}
