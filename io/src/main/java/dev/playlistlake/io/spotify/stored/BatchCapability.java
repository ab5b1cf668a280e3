package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this app may request details in batches, as far as responses show. An app that was
 * refused a batch and never got one lacks the capability; its refusals then mean nothing for the
 * ids.
 */
public final class BatchCapability {
  private final List<Refusal> refusals = new ArrayList<>();
  private boolean refused;
  private boolean worked;

  private record Refusal(DetailIndex index, String path, List<String> ids) {}

  /** Learns from a stored object. */
  synchronized void note(RawObject object) {
    refused |= isRefusedBatch(object);
    for (RawAttempt attempt : object.attempts()) {
      if (ApiRequest.parse(attempt.request()) instanceof ApiRequest.DetailBatch) {
        ResponseMeaning meaning = ResponseMeaning.of(attempt.status(), attempt.body());
        worked |= meaning.kind() == ResponseMeaning.Kind.OK;
      }
    }
  }

  /** Whether an object is a batch that was refused for good, by a 403 or 404, or by 429s alone. */
  static boolean isRefusedBatch(RawObject object) {
    return object.outcome() == RawOutcome.REJECTED && StoredDetailResponses.isBatch(object);
  }

  /** Records that a batch succeeded. */
  public synchronized void worked() {
    worked = true;
  }

  /** Records a refused batch; keeps its object and ids until the cause is clear. */
  public synchronized void refused(DetailIndex index, String path, List<String> ids) {
    refused = true;
    refusals.add(new Refusal(index, path, ids));
  }

  public synchronized boolean isUnknown() {
    return !refused && !worked;
  }

  /** Whether the app lacks the capability. */
  public synchronized boolean isLacking() {
    return refused && !worked;
  }

  /** What the run's row lists as missing. */
  public List<String> missingCapabilities() {
    return isLacking() ? List.of(StoredDetails.BATCH) : List.of();
  }

  /** At the end: adds refusals as gaps, unless they only mean that the capability is missing. */
  public synchronized void addRefusals() {
    for (Refusal refusal : refusals) {
      refusal
          .index()
          .failed(
              refusal.path(),
              worked
                  ? refusal.ids().stream().filter(id -> !refusal.index().knows(id)).toList()
                  : List.of());
    }
  }
}
