package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.model.Reason;
import org.jspecify.annotations.Nullable;

/** The state of a plan's fetch. */
sealed interface FetchState {

  /** Requests are to be sent, or in flight. */
  record Fetching() implements FetchState {}

  /** One 404 came; a second request at the end of the run decides. */
  record Missing(boolean confirming) implements FetchState {}

  /** It has ended; responses in flight may still add data. */
  record Ended(RawOutcome outcome, @Nullable Reason reason) implements FetchState {}

  /** It is never fetched: the listing of a library shows that it is unchanged. */
  record Listed() implements FetchState {
    @Override
    public RawOutcome outcome() {
      return RawOutcome.UNCHANGED;
    }
  }

  /** Whether this is the final state. */
  default boolean isFinal() {
    return outcome() != null;
  }

  /** How the fetch ended; null if it has not. */
  default @Nullable RawOutcome outcome() {
    return null;
  }

  /** Why it did not end well, or null. */
  default @Nullable Reason reason() {
    return null;
  }
}
