package dev.playlistlake.io.spotify.parse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.publish.Counts;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.api.CatalogJson;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Turns a stored batch of details into sightings, for the ids that this run wants, and into gaps.
 */
final class ParseDetailsFn extends DoFn<StoredResponseRef, Album> {
  private final Instant startedAt;

  ParseDetailsFn(Instant startedAt) {
    this.startedAt = startedAt;
  }

  @ProcessElement
  public void process(@Element StoredResponseRef landed, MultiOutputReceiver out) {
    RawObject stored =
        landed.path().isEmpty()
            ? RawObject.absent(Reason.NOTHING_TO_CARRY)
            : RawObject.readWhole(landed.path());
    out.get(ParsedDetails.TALLIES).output(KV.of(Counts.REQUESTS, stored.attemptsSince(startedAt)));
    Map<String, StoredDetailResponses.StoredDetail> answers = StoredDetailResponses.of(stored);
    for (String id : landed.rowsOf()) {
      StoredDetailResponses.StoredDetail details = answers.get(id);
      if (details != null && details.object() != null) {
        output(landed.kind(), id, details.object(), details.fetchedAt(), out);
      }
    }
    if (stored.attempts().isEmpty() && Rejection.leavesDetails(stored.reason())) {
      leftForLater(landed, stored.reason(), out);
    } else if (!landed.gapsOf().isEmpty()) {
      Map<String, Reason> failures = StoredDetailResponses.failures(stored);
      for (String id : landed.gapsOf()) {
        StoredDetailResponses.StoredDetail details = answers.get(id);
        Reason reason = details == null ? failures.get(id) : details.refusal();
        out.get(ParsedDetails.REJECTIONS)
            .output(rejection(landed.kind(), id, reason == null ? stored.reason() : reason));
      }
    }
  }

  /** One row for all of a kind that the run left for a later one. */
  private static void leftForLater(
      StoredResponseRef landed, @Nullable Reason reason, MultiOutputReceiver out) {
    if (!landed.gapsOf().isEmpty()) {
      out.get(ParsedDetails.REJECTIONS)
          .output(
              Rejection.ofDetailsLeft(
                  landed.kind(), Objects.requireNonNull(reason), landed.gapsOf().size()));
    }
  }

  private static void output(
      SubjectType kind, String id, JsonNode detail, Instant fetchedAt, MultiOutputReceiver out) {
    if (kind == SubjectType.ALBUM) {
      out.get(ParsedDetails.ALBUMS).output(CatalogJson.detailedAlbum(id, detail, fetchedAt));
      for (Artist artist : CatalogJson.artists(detail, fetchedAt)) {
        out.get(ParsedDetails.ARTISTS).output(artist);
      }
    } else {
      out.get(ParsedDetails.ARTISTS).output(CatalogJson.detailedArtist(id, detail, fetchedAt));
    }
  }

  private static Rejection rejection(SubjectType kind, String id, @Nullable Reason reason) {
    Reason why = Objects.requireNonNullElse(reason, Reason.MALFORMED_ANSWER);
    return new Rejection(Stage.DETAILS, kind, null, id, null, why, why.words());
  }
}
