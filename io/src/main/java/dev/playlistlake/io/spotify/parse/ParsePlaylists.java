package dev.playlistlake.io.spotify.parse;

import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.transforms.PackBatches;
import dev.playlistlake.transforms.UnpackBatches;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Parses the stored responses for playlists, in parallel: metadata, items and their songs, albums
 * and artists, gaps, and what to carry forward from the day before. The output depends on those
 * responses and that day only, not even on the time.
 */
public final class ParsePlaylists
    extends PTransform<PCollection<StoredResponseRef>, ParsedPlaylists> {
  private final Instant startedAt;

  private ParsePlaylists(Instant startedAt) {
    this.startedAt = startedAt;
  }

  /**
   * Parses stored responses.
   *
   * @param startedAt of the run: requests since then are its own
   */
  public static ParsePlaylists since(Instant startedAt) {
    return new ParsePlaylists(startedAt);
  }

  @Override
  public ParsedPlaylists expand(PCollection<StoredResponseRef> landed) {
    PCollectionTuple read =
        landed
            .apply(
                "Spread the objects",
                Reshuffle.<StoredResponseRef>viaRandomKey()
                    .withNumBuckets(StoredResponseRef.SPREAD))
            .apply(
                "Read playlists",
                ParDo.of(new ParsePlaylistsFn(startedAt))
                    .withOutputTags(
                        ParsePlaylistsFn.ITEMS,
                        TupleTagList.of(ParsedPlaylists.SONGS)
                            .and(ParsedPlaylists.ALBUMS)
                            .and(ParsedPlaylists.ARTISTS)
                            .and(ParsedPlaylists.PLAYLISTS)
                            .and(ParsedPlaylists.CARRIES)
                            .and(ParsedPlaylists.REJECTIONS)
                            .and(ParsedPlaylists.TALLIES)));
    for (TupleTag<KV<Integer, byte[]>> sightings :
        List.of(ParsedPlaylists.SONGS, ParsedPlaylists.ALBUMS, ParsedPlaylists.ARTISTS)) {
      read.get(sightings).setCoder(PackBatches.coder());
    }
    return new ParsedPlaylists(
        read.and(
            ParsedPlaylists.ITEMS,
            read.get(ParsePlaylistsFn.ITEMS)
                .apply("Items one by one", UnpackBatches.of(new PlaylistItemCodec()))));
  }
}
