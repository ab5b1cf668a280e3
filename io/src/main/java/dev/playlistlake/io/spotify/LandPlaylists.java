package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.ListEntry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Asks Spotify for all playlists of the list and stores the answers.
 *
 * <p>In: the list's entries, in any order; those without an id are passed over. Out: one {@link
 * Landed} a playlist (those that were never asked share one), and exactly one {@link AskingReport}.
 * A playlist that cannot be read is an outcome in its stored object; a lake that cannot be written
 * fails the job. Everything is asked by one call, which alone keeps Spotify's limits.
 */
public final class LandPlaylists extends PTransform<PCollection<ListEntry>, LandedAnswers> {
  private final SpotifySource.Factory source;
  private final LakeLayout layout;
  private final Freshness freshness;

  private LandPlaylists(SpotifySource.Factory source, LakeLayout layout, Freshness freshness) {
    this.source = source;
    this.layout = layout;
    this.freshness = freshness;
  }

  public static LandPlaylists of(SpotifySettings settings, LakeLayout layout, Freshness freshness) {
    return new LandPlaylists(SpotifySource.of(settings), layout, freshness);
  }

  @Override
  public LandedAnswers expand(PCollection<ListEntry> entries) {
    PCollectionTuple landed =
        entries
            .apply("One key for all", WithKeys.of(0))
            .setCoder(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(ListEntry.class)))
            .apply("Gather the list", GroupByKey.create())
            .apply(
                "Ask for playlists",
                ParDo.of(new LandPlaylistsFn(source, layout, freshness))
                    .withOutputTags(LandedAnswers.LANDED, TupleTagList.of(LandedAnswers.REPORT)));
    return new LandedAnswers(landed);
  }
}
