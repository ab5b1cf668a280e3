package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.model.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this app may ask for details in batches, as far as answers have told. An app that never
 * got a batch and was refused one lacks the right; its refusals then say nothing of the ids.
 */
public final class BatchCapability {
  private final List<Refusal> refusals = new ArrayList<>();
  private boolean refused;
  private boolean worked;

  private record Refusal(DetailIndex shelf, String path, List<String> ids) {}

  /** Learns from a stored object. */
  synchronized void note(RawObject object) {
    for (RawAttempt attempt : object.attempts()) {
      if (ApiRequest.parse(attempt.request()) instanceof ApiRequest.DetailBatch) {
        ResponseMeaning meaning = ResponseMeaning.of(attempt.status(), attempt.body());
        refused |= Reason.FORBIDDEN.equals(meaning.reason());
        worked |= meaning.kind() == ResponseMeaning.Kind.OK;
      }
    }
  }

  /** A batch was answered. */
  public synchronized void worked() {
    worked = true;
  }

  /** A batch was refused; its object and ids are kept until it is clear what that means. */
  public synchronized void refused(DetailIndex shelf, String path, List<String> ids) {
    refused = true;
    refusals.add(new Refusal(shelf, path, ids));
  }

  public synchronized boolean isUnknown() {
    return !refused && !worked;
  }

  /** Whether the app lacks the right. */
  public synchronized boolean isLacking() {
    return refused && !worked;
  }

  /** What the run's row says that the app lacks. */
  public List<String> missingCapabilities() {
    return isLacking() ? List.of(StoredDetails.BATCH) : List.of();
  }

  /** At the end: shelves refusals as gaps, unless they only told that the right is lacking. */
  public synchronized void shelveRefusals() {
    for (Refusal refusal : refusals) {
      refusal
          .shelf()
          .failed(
              refusal.path(),
              worked
                  ? refusal.ids().stream().filter(id -> !refusal.shelf().hasWordOf(id)).toList()
                  : List.of());
    }
  }
}
