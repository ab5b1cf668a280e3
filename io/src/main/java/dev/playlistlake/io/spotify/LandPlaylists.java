package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawDay;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.PackBatches;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Asks Spotify for all playlists of the list and stores the answers; a replay finds them stored.
 *
 * <p>In: the list's entries, in any order; those without an id are passed over; the playlists of
 * the day before beside them. Out: one {@link Landed} a playlist (those that were never asked share
 * one), and exactly one {@link AskingReport}. A playlist that cannot be read is an outcome in its
 * stored object; a lake that cannot be written fails the job. Everything is asked by one call,
 * which alone keeps Spotify's limits.
 */
public final class LandPlaylists extends PTransform<PCollection<ListEntry>, LandedAnswers> {
  private final SpotifySource.Factory source;
  private final RawDay day;
  private final Freshness freshness;
  private final transient PCollection<Playlist> dayBefore;

  private LandPlaylists(
      SpotifySource.Factory source,
      RawDay day,
      Freshness freshness,
      PCollection<Playlist> dayBefore) {
    this.source = source;
    this.day = day;
    this.freshness = freshness;
    this.dayBefore = dayBefore;
  }

  /**
   * Playlists.
   *
   * @param day where the answers are stored, or replayed from
   * @param dayBefore the playlists of the published day before
   */
  public static LandPlaylists of(
      SpotifySettings settings, RawDay day, Freshness freshness, PCollection<Playlist> dayBefore) {
    return new LandPlaylists(SpotifySource.of(settings), day, freshness, dayBefore);
  }

  @Override
  public LandedAnswers expand(PCollection<ListEntry> entries) {
    TupleTag<ListEntry> listTag = new TupleTag<>("list");
    TupleTag<byte[]> beforeTag = new TupleTag<>("before");
    PCollectionTuple landed =
        KeyedPCollectionTuple.of(
                listTag,
                entries
                    .apply("One key for all", WithKeys.of(0))
                    .setCoder(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(ListEntry.class))))
            .and(
                beforeTag,
                dayBefore.apply(
                    "Gather the day before",
                    PackBatches.by(row -> 0, RowFormat.of(new PlaylistCodec()))))
            .apply("Gather the list", CoGroupByKey.create())
            .apply(
                "Ask for playlists",
                ParDo.of(new LandPlaylistsFn(source, day, freshness, listTag, beforeTag))
                    .withOutputTags(LandedAnswers.LANDED, TupleTagList.of(LandedAnswers.REPORT)));
    return new LandedAnswers(landed);
  }
}
