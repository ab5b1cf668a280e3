package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for as a whole and stored as one object: a playlist, or a batch of details. It says
 * what to ask next and takes what came; it knows nothing of threads, waiting and retries. Calls of
 * one subject never overlap.
 */
public interface FetchPlan {
  /** Name of the stored object. */
  String name();

  /** Requests that can be sent now, side by side; each is given out once. */
  List<ApiRequest> next();

  /** Requests that only make sense when all other asking is over; each is given out once. */
  List<ApiRequest> atTheEnd();

  /**
   * Whether a request that was given out needs no sending any more; if so it counts as answered.
   */
  boolean dropIfObsolete(ApiRequest request);

  /** Reads a 200 answer; any thread, at any time. */
  Parsed understand(ApiRequest request, RawAttempt answer) throws MalformedResponseException;

  /** A 200 answer that was understood. */
  void answered(ApiRequest request, RawAttempt answer, Parsed parsed);

  /** An answer that asking again does not change: 4xx but 401 and 429. */
  void refused(ApiRequest request, RawAttempt answer);

  /** No usable answer, for a reason that may be gone another time. */
  void failed(ApiRequest request, Reason reason);

  /** How it ended; null while something is to be asked or awaited. */
  @Nullable RawOutcome outcome();

  /** Why it did not end well, or null. */
  @Nullable Reason reason();
}
