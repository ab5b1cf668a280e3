package dev.playlistlake.io.spotify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.Tallies;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Turns a stored batch of details into sightings, for the ids that this run wants of it. */
final class ParseDetailsFn extends DoFn<Landed, Album> {
  private final Instant startedAt;

  ParseDetailsFn(Instant startedAt) {
    this.startedAt = startedAt;
  }

  @ProcessElement
  public void process(@Element Landed landed, MultiOutputReceiver out) {
    RawObject stored = RawObject.readWhole(landed.path());
    out.get(ParsedDetails.TALLIES).output(KV.of(Tallies.REQUESTS, stored.attemptsSince(startedAt)));
    Map<String, DetailAnswers.Said> answers = DetailAnswers.of(stored);
    Map<String, @Nullable Reason> failures = new HashMap<>(DetailAnswers.failures(stored));
    for (String id : landed.ids()) {
      DetailAnswers.Said said = answers.get(id);
      if (said == null || said.object() == null) {
        Reason reason = said == null ? failures.getOrDefault(id, stored.reason()) : said.refusal();
        out.get(ParsedDetails.REJECTIONS).output(rejection(landed.kind(), id, reason));
      } else if (landed.kind() == SubjectType.ALBUM) {
        JsonNode album = said.object();
        out.get(ParsedDetails.ALBUMS)
            .output(CatalogJson.detailedAlbum(id, album, said.fetchedAt()));
        for (Artist artist : CatalogJson.artists(album, said.fetchedAt())) {
          out.get(ParsedDetails.ARTISTS).output(artist);
        }
      } else {
        out.get(ParsedDetails.ARTISTS)
            .output(CatalogJson.detailedArtist(id, said.object(), said.fetchedAt()));
      }
    }
  }

  private static Rejection rejection(SubjectType kind, String id, @Nullable Reason reason) {
    Reason why = Objects.requireNonNullElse(reason, Reason.MALFORMED_ANSWER);
    return new Rejection(Stage.DETAILS, kind, null, id, null, why, why.words());
  }
}
