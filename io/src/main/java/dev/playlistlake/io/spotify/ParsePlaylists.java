package dev.playlistlake.io.spotify;

import java.time.Instant;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads the stored answers for playlists, in parallel: metadata, slots, gaps, and what is left to
 * the day before. Nothing but those answers and that day, not even the time, decides what comes
 * out.
 */
public final class ParsePlaylists extends PTransform<PCollection<Landed>, ParsedPlaylists> {
  private final Instant startedAt;

  private ParsePlaylists(Instant startedAt) {
    this.startedAt = startedAt;
  }

  /**
   * Reads answers.
   *
   * @param startedAt of the run: requests since then are its own
   */
  public static ParsePlaylists since(Instant startedAt) {
    return new ParsePlaylists(startedAt);
  }

  @Override
  public ParsedPlaylists expand(PCollection<Landed> landed) {
    return new ParsedPlaylists(
        landed
            .apply(
                "Spread the objects",
                Reshuffle.<Landed>viaRandomKey().withNumBuckets(Landed.SPREAD))
            .apply(
                "Read playlists",
                ParDo.of(new ParsePlaylistsFn(startedAt))
                    .withOutputTags(
                        ParsedPlaylists.SLOTS,
                        TupleTagList.of(ParsedPlaylists.PLAYLISTS)
                            .and(ParsedPlaylists.CARRIES)
                            .and(ParsedPlaylists.REJECTIONS)
                            .and(ParsedPlaylists.TALLIES))));
  }
}
