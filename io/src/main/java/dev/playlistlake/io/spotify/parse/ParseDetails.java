package dev.playlistlake.io.spotify.parse;

import dev.playlistlake.io.raw.StoredResponseRef;
import java.time.Instant;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;

/** Parses the stored details of albums and artists, in parallel. */
public final class ParseDetails extends PTransform<PCollection<StoredResponseRef>, ParsedDetails> {
  private final Instant startedAt;

  private ParseDetails(Instant startedAt) {
    this.startedAt = startedAt;
  }

  /**
   * Parses stored responses.
   *
   * @param startedAt of the run: requests since then are its own
   */
  public static ParseDetails since(Instant startedAt) {
    return new ParseDetails(startedAt);
  }

  @Override
  public ParsedDetails expand(PCollection<StoredResponseRef> landed) {
    return new ParsedDetails(
        landed
            .apply(
                "Spread the objects",
                Reshuffle.<StoredResponseRef>viaRandomKey()
                    .withNumBuckets(StoredResponseRef.SPREAD))
            .apply(
                "Read details",
                ParDo.of(new ParseDetailsFn(startedAt))
                    .withOutputTags(
                        ParsedDetails.ALBUMS,
                        TupleTagList.of(ParsedDetails.ARTISTS)
                            .and(ParsedDetails.REJECTIONS)
                            .and(ParsedDetails.TALLIES))));
  }
}
