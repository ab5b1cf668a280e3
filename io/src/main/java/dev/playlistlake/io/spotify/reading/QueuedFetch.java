package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all plans have in common: a queue of requests, and a state. */
abstract class QueuedFetch implements FetchPlan {
  final RequestQueue queue = new RequestQueue();
  FetchState state = new FetchState.Fetching();

  @Override
  public List<ApiRequest> next() {
    return queue.next();
  }

  /** Ends the fetch, unless it has ended: the first outcome counts. Sends no further requests. */
  void end(RawOutcome outcome, @Nullable Reason why) {
    if (!state.isFinal()) {
      state = new FetchState.Ended(outcome, why);
    }
    queue.close();
  }

  @Override
  public @Nullable RawOutcome outcome() {
    return queue.hasInFlight() ? null : state.outcome();
  }

  @Override
  public @Nullable Reason reason() {
    return state.reason();
  }
}
